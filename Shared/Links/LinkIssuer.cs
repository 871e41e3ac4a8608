using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

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
        )
        {
            Wish = message.LinkWish,
            Caller = message.Caller,
        };

    /// <summary>What the sender asked of the links.</summary>
    public LinkWish Wish { get; init; } = LinkWish.None;

    /// <summary>The mail names storage addresses in place of a page.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Name of the caller that sent the message; empty where it is not known.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Why there are links at all.</summary>
    public LinkCause Cause { get; init; } = LinkCause.Unknown;
}

/// <summary>Why a domain's recipients get links.</summary>
/// <param name="Reason">Slug; empty where it is not known.</param>
/// <param name="HasNoTls">The verdict is <c>none</c>: whoever is on the way can read the mail with the link.</param>
internal sealed record LinkCause(string Reason, bool HasNoTls)
{
    /// <summary>The verdict reaches the policy though there are links: a one-time code may be mailed there.</summary>
    public bool MailsCodes { get; init; }

    /// <summary>Nothing is known of it.</summary>
    public static readonly LinkCause Unknown = new("", HasNoTls: false);
}

/// <summary>Whom a link is for.</summary>
/// <param name="N">Number of the recipient's row.</param>
/// <param name="Address">The recipient's address; kept as a keyed hash alone.</param>
internal sealed record LinkHolder(int N, string Address)
{
    /// <summary>What stands before the files.</summary>
    public LinkLock Lock { get; init; } = LinkLock.Open;

    /// <summary>The number alone.</summary>
    public override string ToString() => $"{nameof(LinkHolder)} {N}";
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
internal sealed class LinkIssuer(
    LinkTable table,
    LinkSeeds seeds,
    AddressHash hash,
    IEventWatch watch,
    IOptions<LinkOptions> options,
    TimeProvider time
)
{
    /// <summary>So long before the end a subscriber is told of a link of which its recipient is not reminded.</summary>
    private static readonly TimeSpan EventBefore = TimeSpan.FromDays(1);

    /// <summary>
    /// When links of <paramref name="order"/> made now end, in whole seconds as SAS times are. Write it to the message row's
    /// <c>LinksUntil</c> (where that is earlier) before <see cref="IssueAsync"/>: the purge keeps the files until then.
    /// </summary>
    public DateTimeOffset ExpiryOf(LinkOrder order)
    {
        var life = order.Life ?? options.Value.LifeOf(order.Cause);
        var end = time.GetUtcNow() + (order.IsDirect && life > FileSas.MaxLife ? FileSas.MaxLife : life);
        return new DateTimeOffset(end.Ticks - (end.Ticks % TimeSpan.TicksPerSecond), end.Offset);
    }

    /// <summary>Links of this message name storage addresses in place of a page: never where the page does something that they cannot.</summary>
    /// <param name="message">The message.</param>
    /// <param name="withBody">Its body is protected: the names of its files are too, and an address would tell them.</param>
    public bool IsDirect(MessageRow message, bool withBody) =>
        (message.LinkMode ?? options.Value.Mode) == LinkMode.Sas
        && !withBody
        && message.LinkBytes != LinkBytes.SameHost
        && (message.AccessCode ?? options.Value.AccessCode) == AccessCodeKind.None
        && (message.MaxDownloads ?? options.Value.MaxDownloads) is null;

    /// <summary>Makes and stores a link for each recipient. Run again, it makes others: the earlier ones expire unseen.</summary>
    /// <param name="order">What they have in common.</param>
    /// <param name="recipients">Whom they are for.</param>
    /// <param name="expiresAt">From <see cref="ExpiryOf"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>In the order of <paramref name="recipients"/>.</returns>
    /// <exception cref="TransientFault">Storage failed; try again.</exception>
    public async Task<IReadOnlyList<IssuedLink>> IssueAsync(
        LinkOrder order,
        IReadOnlyList<LinkHolder> recipients,
        DateTimeOffset expiresAt,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var tells = (await watch.ReadAsync(cancellation)).Want(order.Caller, EventKinds.LinkExpiring);
        List<IssuedLink> links = [.. recipients.Select(holder => New(order, holder, tells, now, expiresAt))];
        await table.CreateAsync([.. links.Select(link => link.Row)], cancellation);
        return links;
    }

    private IssuedLink New(LinkOrder order, LinkHolder holder, bool tells, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var before = order.Wish.RemindBeforeHours is { } hours ? TimeSpan.FromHours(hours) : options.Value.RemindBefore;
        var isReminded = before > TimeSpan.Zero && !order.IsDirect;
        // Without a seed its mail cannot be written again: only the event tells of it.
        var (token, seed) = !isReminded ? (LinkToken.New(), "") : seeds.New();
        var row = new LinkRow(token.LinkId, order.MessageId, order.Attempt, holder.N, now, expiresAt)
        {
            Sender = order.Sender,
            SenderName = order.SenderName,
            Language = order.Language,
            Files = order.IsDirect ? [.. order.Files.Select(file => DirectLinks.CopyOf(file, token))] : order.Files,
            IsDirect = order.IsDirect,
            IsSameHost = order.Wish.Bytes == LinkBytes.SameHost,
            RecipientHash = hash.Of(holder.Address),
            Reason = order.Cause.Reason,
            Lock = holder.Lock,
            MaxDownloads = order.Wish.MaxDownloads ?? options.Value.MaxDownloads,
            NotifyOnDownload = order.Wish.NotifyOnDownload ?? options.Value.NotifyOnDownload,
            RemindAt =
                isReminded ? RemindAt(before, now, expiresAt)
                : tells && !order.IsDirect ? RemindAt(EventBefore, now, expiresAt)
                : null,
            Seed = seed,
        };
        return new IssuedLink(row, options.Value.UrlOf(token));
    }

    /// <summary>Never in the first half of the life: nobody is reminded of what has just come.</summary>
    private static DateTimeOffset RemindAt(TimeSpan before, DateTimeOffset now, DateTimeOffset expiresAt) =>
        before < (expiresAt - now) / 2 ? expiresAt - before : now + ((expiresAt - now) / 2);
}
