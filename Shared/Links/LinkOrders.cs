using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What the links of a message have in common, from its rows.</summary>
internal sealed class LinkOrders(MessageTable messages, TakeOutFiles files, LinkIssuer issuer)
{
    private const int Tries = 8;

    /// <summary>The order for a message whose files were taken out.</summary>
    public async Task<LinkOrder> OfAsync(MessageRow message, CancellationToken cancellation)
    {
        var taken = await messages.FilesAsync(message.Id, message.Attempt, cancellation);
        return new LinkOrder(
            message.Id,
            message.Attempt,
            message.Sender,
            SenderName: "",
            message.Language,
            [.. taken.Where(file => file.N > 0).Select(FileOf)],
            message.LinkLifeHours is { } hours ? TimeSpan.FromHours(hours) : null
        );
    }

    /// <summary>The same with the whole message as a file of its own, for mail whose body goes behind the link.</summary>
    public async Task<LinkOrder> WithBodyAsync(LinkOrder order, CancellationToken cancellation)
    {
        var whole = await files.WholeAsync(order.MessageId, cancellation);
        return order with { Files = [FileOf(whole), .. order.Files] };
    }

    /// <summary>Makes the files stay until links made now end. To be done before any link is made.</summary>
    /// <returns>When such links end.</returns>
    /// <exception cref="PermanentFault">The message is gone.</exception>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task<DateTimeOffset> KeepFilesAsync(LinkOrder order, CancellationToken cancellation)
    {
        var end = issuer.ExpiryOf(order);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var message =
                await messages.FindAsync(order.MessageId, cancellation)
                ?? throw new PermanentFault("There is no such message.");
            if (message.LinksUntil >= end)
            {
                return end;
            }

            message.LinksUntil = end;
            if (await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return end;
            }
        }

        throw new TransientFault("The row of the message changes too often.");
    }

    private static LinkFile FileOf(FileRow file) => new(file.N, file.Name, file.ContentType, file.Bytes, file.Blob);
}
