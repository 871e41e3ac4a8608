using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;

namespace TlsOrLink.Links;

/// <summary>Makes the link mails of a message whose files were taken out.</summary>
internal sealed class LinkMailings(
    MessageTable messages,
    MessageBlobs blobs,
    LinkOrders orders,
    LinkIssuer issuer,
    LinkLocks locks,
    DirectLinks direct,
    Notice notice,
    Author author,
    Signatures signatures
)
{
    /// <summary>The mails of one message in one round.</summary>
    /// <param name="id">Message id.</param>
    /// <param name="round">Who was tried over TLS in this round of the retry schedule is not linked in it.</param>
    /// <param name="cause">Why they are linked.</param>
    /// <param name="prepend">Header lines for mail that has no files and goes as it came in.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The message is gone.</exception>
    /// <exception cref="TransientFault">Storage is away.</exception>
    public async Task<IMailing> OfAsync(
        string id,
        int round,
        LinkCause cause,
        string prepend,
        CancellationToken cancellation
    )
    {
        var message =
            await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
        return new LinkMailing(this, message, round, cause, prepend);
    }

    /// <summary>See <see cref="LinkOrders.PlaceAsync"/>.</summary>
    public Task<(LinkOrder Order, DateTimeOffset ExpiresAt)> PlaceAsync(
        MessageRow message,
        LinkCause cause,
        bool withBody,
        CancellationToken cancellation
    ) => orders.PlaceAsync(message, cause, withBody, cancellation);

    /// <summary>One recipient's mail; its link is noted in the row.</summary>
    public async Task<Mail> LinkedAsync(
        MessageRow message,
        (LinkOrder Order, DateTimeOffset ExpiresAt) placed,
        RecipientRow row,
        bool protectBody,
        CancellationToken cancellation
    )
    {
        using var mime = await blobs.LoadStrippedAsync(message, cancellation);
        var order = placed.Order with { SenderName = mime.From.Mailboxes.FirstOrDefault()?.Name ?? "" };
        var issued = await issuer.IssueAsync(
            order,
            [
                new LinkHolder(row.N, row.Address)
                {
                    Lock = await locks.ForAsync(message, row, order.Cause, cancellation),
                },
            ],
            placed.ExpiresAt,
            cancellation
        );
        var facts = await FactsAsync(issued[0], order, cancellation);
        var shown = protectBody ? notice.WriteOfWhole(facts.WithoutNames()) : notice.Write(facts);
        LinkMail.Compose(mime, shown, message.Id, protectBody);
        row.LinkHashes = string.Join(
            ',',
            [issued[0].Row.LinkId, .. row.LinkHashes is { } earlier ? [earlier] : Array.Empty<string>()]
        );
        row.LinkExpiresAt = placed.ExpiresAt;
        author.Align(mime);
        return await signatures.SignAsync(await LinkMail.ToMailAsync(mime, cancellation), cancellation);
    }

    private async Task<NoticeFacts> FactsAsync(IssuedLink link, LinkOrder order, CancellationToken cancellation) =>
        link.Row.IsDirect
            ? NoticeFacts.Of(link) with
            {
                Direct = await direct.OpenAsync(link.Row, order.Files, cancellation),
            }
            : NoticeFacts.Of(link);

    /// <summary>A mail without files has nothing to link: it goes as it came in.</summary>
    public Task<Mail> UnlinkedAsync(
        MessageRow message,
        RecipientRow row,
        string prepend,
        CancellationToken cancellation
    ) =>
        new OriginalMail(blobs, message.Blob, prepend, signatures).PrepareAsync(
            [row],
            eightBitMime: true,
            cancellation
        );

    /// <summary>A mail without files that cannot go as it came in, by fault of its own or of the host: the same in sound MIME and 7 bits.</summary>
    public async Task<Mail> RewrittenAsync(MessageRow message, CancellationToken cancellation)
    {
        using var mime = await blobs.LoadStrippedAsync(message, cancellation);
        LinkMail.Cleaned(mime, message.Id);
        author.Align(mime);
        return await signatures.SignAsync(await LinkMail.ToMailAsync(mime, cancellation), cancellation);
    }
}
