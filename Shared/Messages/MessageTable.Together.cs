using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>What is read together with the message's own row.</summary>
internal sealed partial class MessageTable
{
    /// <summary>The message, null where there is none, with recipients as <see cref="RecipientsAsync"/> gives them: one query where they stand near its row, else two.</summary>
    public async Task<(MessageRow? Message, IReadOnlyList<RecipientRow> Recipients)> WithRecipientsAsync(
        string id,
        string attempt,
        int first,
        int count,
        CancellationToken cancellation
    )
    {
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
}
