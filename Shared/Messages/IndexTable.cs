using Azure;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// The adapter of <see cref="TableNames.Index"/>. The rows of one message depend on its caller, month, instant, sender and recipients
/// alone, so that everything that has the message can find them again.
/// </summary>
internal sealed class IndexTable(TableServiceClient tables, AddressHash hash)
{
    private const int MaxBatch = 100;
    private readonly TableClient table = tables.GetTableClient(TableNames.Index);

    /// <summary>Inserts or replaces the rows of a message: one call for up to 98 recipients.</summary>
    public async Task WriteAsync(Intake intake, CancellationToken cancellation)
    {
        var partition = Keys.IndexPartition(intake.Caller, intake.CreatedAt, intake.Id);
        foreach (var batch in RowKeys(intake).Chunk(MaxBatch))
        {
            await table.SubmitTransactionAsync(
                batch.Select(key => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(partition, key) { ["MessageId"] = intake.Id, ["CreatedAt"] = intake.CreatedAt }
                )),
                cancellation
            );
        }
    }

    /// <summary>Deletes the rows that an attempt wrote in vain. Another instant means other rows than the winner's.</summary>
    public async Task DeleteLoserAsync(Intake loser, MessageRow winner, CancellationToken cancellation)
    {
        if (loser.CreatedAt != winner.CreatedAt)
        {
            var partition = Keys.IndexPartition(loser.Caller, loser.CreatedAt, loser.Id);
            await DeleteAsync(partition, RowKeys(loser), cancellation);
        }
    }

    /// <summary>Deletes the rows of a message; those which are gone already do not matter.</summary>
    public async Task DeleteAsync(MessagePartition message, CancellationToken cancellation)
    {
        var row = message.Message;
        var partition = Keys.IndexPartition(row.Caller, row.CreatedAt, row.Id);
        await DeleteAsync(
            partition,
            RowKeys(row.Id, row.CreatedAt, row.Sender, message.Recipients.Select(recipient => recipient.Address)),
            cancellation
        );
    }

    private async Task DeleteAsync(string partition, IEnumerable<string> rowKeys, CancellationToken cancellation)
    {
        foreach (var key in rowKeys)
        {
            await table.DeleteEntityAsync(partition, key, ETag.All, cancellation);
        }
    }

    private IEnumerable<string> RowKeys(Intake intake) =>
        RowKeys(
            intake.Id,
            intake.CreatedAt,
            intake.Sender.ToString(),
            intake.Recipients.Select(recipient => recipient.ToString())
        );

    private IEnumerable<string> RowKeys(
        string id,
        DateTimeOffset createdAt,
        string sender,
        IEnumerable<string> recipients
    ) =>
        [
            Keys.IndexByTime(createdAt, id),
            Keys.IndexBySender(hash.Of(sender), createdAt, id),
            .. recipients
                .Select(recipient => hash.Of(recipient))
                .Distinct(StringComparer.Ordinal)
                .Select(recipient => Keys.IndexByRecipient(recipient, createdAt, id)),
        ];
}
