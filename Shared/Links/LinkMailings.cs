using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Makes the link mails of a message whose files were taken out.</summary>
internal sealed class LinkMailings(
    MessageTable messages,
    MessageBlobs blobs,
    LinkOrders orders,
    LinkIssuer issuer,
    Notice notice
)
{
    /// <summary>The mails of one message in one round.</summary>
    /// <param name="id">Message id.</param>
    /// <param name="round">Who was tried over TLS in this round of the retry schedule is not linked in it.</param>
    /// <param name="prepend">Header lines for mail that has no files and goes as it came in.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The message is gone.</exception>
    /// <exception cref="TransientFault">Storage is away.</exception>
    public async Task<IMailing> OfAsync(string id, int round, string prepend, CancellationToken cancellation)
    {
        var message =
            await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
        var order = await orders.OfAsync(message, cancellation);
        return new LinkMailing(this, message, order, round, prepend);
    }

    /// <summary>One recipient's mail; its link is noted in the row.</summary>
    public async Task<Mail> LinkedAsync(
        MessageRow message,
        LinkOrder order,
        RecipientRow row,
        bool protectBody,
        CancellationToken cancellation
    )
    {
        var expiresAt = await orders.KeepFilesAsync(order, cancellation);
        using var mime = await blobs.LoadStrippedAsync(message, cancellation);
        var sender = mime.From.Mailboxes.FirstOrDefault()?.Name ?? "";
        var named = order with { SenderName = sender };
        var link = (await issuer.IssueAsync(named, [row.N], expiresAt, cancellation))[0];
        var text = notice.Write(
            new NoticeFacts(message.Language, link.Url, expiresAt, link.Row.ShownSender, order.Files)
        );
        LinkMail.Compose(mime, new LinkNotice(text.Text, text.Html), message.Id, protectBody);
        row.LinkHashes = row.LinkHashes is { } earlier ? $"{link.Row.LinkId},{earlier}" : link.Row.LinkId;
        row.LinkExpiresAt = expiresAt;
        return await LinkMail.ToMailAsync(mime, cancellation);
    }

    /// <summary>A mail without files has nothing to link: it goes as it came in.</summary>
    public Task<Mail> UnlinkedAsync(MessageRow message, string prepend, CancellationToken cancellation) =>
        new OriginalMail(blobs, message.Blob, prepend).PrepareAsync([], cancellation);

    /// <summary>See <see cref="LinkOrders.WithBodyAsync"/>.</summary>
    public Task<LinkOrder> WithBodyAsync(LinkOrder order, CancellationToken cancellation) =>
        orders.WithBodyAsync(order, cancellation);
}
