using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>The recipients' rows follow what becomes of their links.</summary>
internal sealed class LinkRecipients(MessageTable messages, TimeProvider time)
{
    /// <summary>A delivery, a download and the purge may write the same row.</summary>
    private const int MaxTries = 8;

    /// <summary>Changes the row of a link's recipient. One read and one write, more where somebody else writes it.</summary>
    /// <param name="link">The link, which names the row.</param>
    /// <param name="change">Changes the row and says whether there is something to write; may be asked again with the row read anew.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where the row is gone or nothing was to be written.</returns>
    /// <exception cref="TransientFault">Storage failed, or the row keeps changing.</exception>
    public async Task<bool> ChangeAsync(LinkRow link, Func<RecipientRow, bool> change, CancellationToken cancellation)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            var rows = await messages.RecipientsAsync(link.MessageId, link.Attempt, link.N, 1, cancellation);
            if (rows is not [var row] || !change(row))
            {
                return false;
            }

            row.UpdatedAt = time.GetUtcNow();
            if (await messages.UpdateAsync([row], cancellation) == WriteOutcome.Done)
            {
                return true;
            }
        }

        throw new TransientFault("A recipient's row changes too often.");
    }
}
