using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>What is read together with the message's own row.</summary>
internal sealed partial class MessageTable
{
    /// <summary>
    /// The message, null where there is none, with recipients as <see cref="RecipientsAsync"/> gives them. One recipient is read by its key beside the
    /// message, since point reads cost storage least; more are read in one query where they stand near the message's row, else in two calls.
    /// </summary>
    public async Task<(MessageRow? Message, IReadOnlyList<RecipientRow> Recipients)> WithRecipientsAsync(
        string id,
        string attempt,
        int first,
        int count,
        CancellationToken cancellation
    )
    {
        if (count == 1)
        {
            var one = FindRecipientAsync(id, attempt, first, cancellation);
            return (await FindAsync(id, cancellation), await one is { } row ? [row] : []);
        }

        const int near = 100;
        if (first >= near)
        {
            return (await FindAsync(id, cancellation), await RecipientsAsync(id, attempt, first, count, cancellation));
        }

        var rows = await RangeAsync(id, Keys.Message, Keys.Recipient(attempt, first + count), cancellation);
        var from = Keys.Recipient(attempt, first);
        return (
            rows is [{ RowKey: Keys.Message } message, ..] ? new MessageRow(message) : null,
            [.. rows.Where(row => string.CompareOrdinal(row.RowKey, from) >= 0).Select(row => new RecipientRow(row))]
        );
    }

    private async Task<RecipientRow?> FindRecipientAsync(
        string id,
        string attempt,
        int n,
        CancellationToken cancellation
    )
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            id,
            Keys.Recipient(attempt, n),
            cancellationToken: cancellation
        );
        return row.HasValue ? new RecipientRow(row.Value!) : null;
    }
}
