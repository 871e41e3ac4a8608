using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Orders links: their files stay until the last of them ends.</summary>
internal sealed class LinkOrders(MessageTable messages, TakeOutFiles files, LinkIssuer issuer)
{
    private const int Tries = 8;

    /// <summary>The order for a message whose files were taken out, and when links made of it end: written to the message before any is made.</summary>
    /// <param name="message">The message. Its sender's name is not in its rows: the order comes without.</param>
    /// <param name="cause">Why its recipients are linked.</param>
    /// <param name="withBody">The whole message is one of the files.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The message is gone.</exception>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task<(LinkOrder Order, DateTimeOffset ExpiresAt)> PlaceAsync(
        MessageRow message,
        LinkCause cause,
        bool withBody,
        CancellationToken cancellation
    )
    {
        var taken = await messages.FilesAsync(message.Id, message.Attempt, cancellation);
        IEnumerable<FileRow> whole = withBody ? [await files.WholeAsync(message.Id, cancellation)] : [];
        var order = LinkOrder.Of(message, senderName: "", whole.Concat(taken.Where(file => file.N > 0))) with
        {
            Cause = cause,
            IsDirect = issuer.IsDirect(message, withBody),
        };
        var end = issuer.ExpiryOf(order);
        await KeepFilesAsync(message.Id, end, cancellation);
        return (order, end);
    }

    /// <summary>Writes to the message that its files stay until <paramref name="end"/>, where they would go earlier.</summary>
    /// <exception cref="PermanentFault">The message is gone.</exception>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task KeepFilesAsync(string id, DateTimeOffset end, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var message =
                await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
            if (message.LinksUntil >= end)
            {
                return;
            }

            message.LinksUntil = end;
            if (await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return;
            }
        }

        throw new TransientFault("The row of the message changes too often.");
    }
}
