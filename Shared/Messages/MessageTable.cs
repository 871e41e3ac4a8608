using Azure;
using Azure.Data.Tables;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>A message with the recipients of the attempt that won.</summary>
internal sealed record MessagePartition(MessageRow Message, IReadOnlyList<RecipientRow> Recipients);

/// <summary>The adapter of <see cref="TableNames.Messages"/>. Reads and writes of one method are one table call per 1,000 or 100 rows.</summary>
internal sealed partial class MessageTable(TableServiceClient tables, ChainedWrites writes)
{
    private readonly TableClient table = tables.GetTableClient(TableNames.Messages);

    /// <summary>The message; null where there is none.</summary>
    public async Task<MessageRow?> FindAsync(string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(id, Keys.Message, cancellationToken: cancellation);
        return row.HasValue ? new MessageRow(row.Value!) : null;
    }

    /// <summary>The message and its recipients in one query; null where there is no such message.</summary>
    public async Task<MessagePartition?> PartitionAsync(string id, CancellationToken cancellation)
    {
        return PartitionOf(await RangeAsync(id, Keys.Message, Keys.After("r:"), cancellation));
    }

    /// <summary>The message with some of its recipients, <paramref name="most"/> at most, by one call however many there are; null where there is none.</summary>
    public async Task<MessagePartition?> HeadAsync(string id, int most, CancellationToken cancellation)
    {
        var pages = Range(id, Keys.Message, Keys.After("r:"), most + 1, cancellation).AsPages();
        await foreach (var page in pages)
        {
            return PartitionOf([.. page.Values]);
        }

        return null;
    }

    private static MessagePartition? PartitionOf(List<TableEntity> rows)
    {
        if (rows.Find(row => string.Equals(row.RowKey, Keys.Message, StringComparison.Ordinal)) is not { } entity)
        {
            return null;
        }

        var message = new MessageRow(entity);
        // Other attempts of one Idempotency-Key may have left rows behind.
        var prefix = $"r:{message.Attempt}:";
        return new MessagePartition(
            message,
            [
                .. rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(row => new RecipientRow(row)),
            ]
        );
    }

    /// <summary>Recipients <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1, in order, in one query.</summary>
    public async Task<IReadOnlyList<RecipientRow>> RecipientsAsync(
        string id,
        string attempt,
        int first,
        int count,
        CancellationToken cancellation
    )
    {
        var rows = await RangeAsync(
            id,
            Keys.Recipient(attempt, first),
            Keys.Recipient(attempt, first + count),
            cancellation
        );
        return [.. rows.Select(row => new RecipientRow(row))];
    }

    /// <summary>The files that were taken out, in order; without file 0, which is the whole message.</summary>
    public async Task<IReadOnlyList<FileRow>> FilesAsync(string id, string attempt, CancellationToken cancellation)
    {
        var rows = await RangeAsync(id, Keys.File(attempt, 1), Keys.After($"f:{attempt}:"), cancellation);
        return [.. rows.Select(row => new FileRow(row))];
    }

    /// <summary>Replaces the message row by its ETag; its ETag moves on.</summary>
    public Task<WriteOutcome> UpdateMessageAsync(MessageRow message, CancellationToken cancellation) =>
        UpdateAsync([message], cancellation);

    /// <summary>Writes a change of the message's columns by an ETag that may stem from an earlier step, without reading the row.</summary>
    /// <param name="change">The columns to change, what is recorded, the ETag, and the <see cref="ChainedRow.Head"/> of that version.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<WriteOutcome> MergeAsync(MessageRow change, CancellationToken cancellation) =>
        writes.WriteAsync([change], TableTransactionActionType.UpdateMerge, cancellation);

    /// <summary>
    /// Replaces rows of one message by their ETags, with what was recorded on them, <see cref="StorageOptions.RowsPerBatch"/> at a
    /// time: each batch is written whole or not at all. After <see cref="WriteOutcome.Conflict"/> the batches before the one in conflict are written.
    /// </summary>
    public Task<WriteOutcome> UpdateAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation) =>
        writes.WriteAsync(rows, TableTransactionActionType.UpdateReplace, cancellation);

    /// <summary>As <see cref="UpdateAsync"/>, by whoever has inserted the rows of <see cref="ChainedWrites.HeadsOf"/>.</summary>
    public Task<WriteOutcome> UpdateMarkedAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation) =>
        writes.WriteMarkedAsync(rows, TableTransactionActionType.UpdateReplace, cancellation);

    /// <summary>As <see cref="UpdateAsync"/>, for steps that are run again as a whole where somebody else was faster.</summary>
    /// <exception cref="TransientFault">A row was changed since it was read; run again.</exception>
    public async Task MustUpdateAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation)
    {
        if (await UpdateAsync(rows, cancellation) == WriteOutcome.Conflict)
        {
            throw new TransientFault("Rows of the message were changed by somebody else.");
        }
    }

    /// <summary>Inserts rows of one message, in batches as <see cref="UpdateAsync"/>; conflict where one exists.</summary>
    public Task<WriteOutcome> AddAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation) =>
        writes.WriteAsync(rows, TableTransactionActionType.Add, cancellation);

    /// <summary>
    /// Inserts or replaces rows of one message whatever stands there, in batches as <see cref="UpdateAsync"/>. Nothing may be recorded
    /// on them: run again, the events would be there already.
    /// </summary>
    /// <exception cref="TransientFault">Storage says that the rows change at this very moment; run again.</exception>
    public async Task PutAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation)
    {
        if (
            await writes.WriteAsync(rows, TableTransactionActionType.UpsertReplace, cancellation)
            == WriteOutcome.Conflict
        )
        {
            throw new TransientFault("Rows of the message are being changed by somebody else.");
        }
    }

    /// <summary>Deletes rows of one message; those which are gone already do not matter.</summary>
    public async Task DeleteAsync(string id, IEnumerable<string> rowKeys, CancellationToken cancellation)
    {
        foreach (var rowKey in rowKeys)
        {
            await table.DeleteEntityAsync(id, rowKey, ETag.All, cancellation);
        }
    }

    /// <summary>All events of a message, by chain and number, in one query for each 1,000.</summary>
    public async Task<IReadOnlyList<ChainEvent>> EventsAsync(string id, CancellationToken cancellation)
    {
        var rows = await RangeAsync(id, Keys.EventPrefix, Keys.After(Keys.EventPrefix), cancellation);
        return [.. rows.Select(ChainEvent.Of)];
    }

    private async Task<List<TableEntity>> RangeAsync(
        string partition,
        string from,
        string before,
        CancellationToken cancellation
    )
    {
        List<TableEntity> rows = [];
        await foreach (var row in Range(partition, from, before, most: null, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    private AsyncPageable<TableEntity> Range(
        string partition,
        string from,
        string before,
        int? most,
        CancellationToken cancellation
    ) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}"),
            maxPerPage: most,
            cancellationToken: cancellation
        );
}
