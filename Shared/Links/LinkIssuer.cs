using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>What the links of one message have in common.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Attempt">The intake attempt that won.</param>
/// <param name="Sender">Address of the sender.</param>
/// <param name="SenderName">Display name of the sender; empty where the message has none.</param>
/// <param name="Language">The message's language.</param>
/// <param name="Files">The files that were taken out.</param>
/// <param name="Life">Life of the links; null for <see cref="LinkOptions.Life"/>.</param>
internal sealed record LinkOrder(
    string MessageId,
    string Attempt,
    string Sender,
    string SenderName,
    MailLanguage Language,
    IReadOnlyList<LinkFile> Files,
    TimeSpan? Life = null
)
{
    /// <summary>The order for a stored message whose files were taken out.</summary>
    /// <param name="message">Its row.</param>
    /// <param name="senderName">Display name in its From field; empty where there is none.</param>
    /// <param name="files">What was taken out.</param>
    public static LinkOrder Of(MessageRow message, string senderName, IEnumerable<FileRow> files) =>
        new(
            message.Id,
            message.Attempt,
            message.Sender,
            senderName,
            message.Language,
            [.. files.Select(LinkFile.Of)],
            message.LinkLifeHours is { } hours ? TimeSpan.FromHours(hours) : null
        );
}

/// <summary>A link of which only its holder knows the URL.</summary>
/// <param name="Row">As stored.</param>
/// <param name="Url">The landing page, with the token: a secret that belongs into that recipient's mail only.</param>
internal sealed record IssuedLink(LinkRow Row, Uri Url)
{
    /// <summary>The public id alone: neither the URL nor a name of the row may end in a log.</summary>
    public override string ToString() => $"{nameof(IssuedLink)} {Row.LinkId}";
}

/// <summary>Makes links: one for each recipient, each with a token of its own.</summary>
internal sealed class LinkIssuer(LinkTable table, IOptions<LinkOptions> options, TimeProvider time)
{
    /// <summary>
    /// When links of <paramref name="order"/> made now end, in whole seconds as SAS times are. Write it to the message row's
    /// <c>LinksUntil</c> (where that is earlier) before <see cref="IssueAsync"/>: the purge keeps the files until then.
    /// </summary>
    public DateTimeOffset ExpiryOf(LinkOrder order)
    {
        var end = time.GetUtcNow() + (order.Life ?? options.Value.Life);
        return new DateTimeOffset(end.Ticks - (end.Ticks % TimeSpan.TicksPerSecond), end.Offset);
    }

    /// <summary>Makes and stores a link for each recipient. Run again, it makes others: the earlier ones expire unseen.</summary>
    /// <param name="order">What they have in common.</param>
    /// <param name="recipients">Numbers of the recipients' rows.</param>
    /// <param name="expiresAt">From <see cref="ExpiryOf"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>In the order of <paramref name="recipients"/>.</returns>
    /// <exception cref="TransientFault">Storage failed; try again.</exception>
    public async Task<IReadOnlyList<IssuedLink>> IssueAsync(
        LinkOrder order,
        IReadOnlyList<int> recipients,
        DateTimeOffset expiresAt,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        List<IssuedLink> links = [.. recipients.Select(n => New(order, n, now, expiresAt))];
        await table.CreateAsync([.. links.Select(link => link.Row)], cancellation);
        return links;
    }

    private IssuedLink New(LinkOrder order, int n, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var token = LinkToken.New();
        var row = new LinkRow(token.LinkId, order.MessageId, order.Attempt, n, now, expiresAt)
        {
            Sender = order.Sender,
            SenderName = order.SenderName,
            Language = order.Language,
            Files = order.Files,
        };
        return new IssuedLink(row, options.Value.UrlOf(token));
    }
}
