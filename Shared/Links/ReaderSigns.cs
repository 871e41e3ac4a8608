namespace TlsOrLink.Links;

/// <summary>What a request shows of whoever makes it. Read once and forgotten: none of it is kept.</summary>
/// <param name="IsHead">Headers alone were asked for.</param>
/// <param name="UserAgent">Field <c>User-Agent</c>; empty where absent.</param>
/// <param name="Purpose">Fields <c>Sec-Purpose</c>, <c>Purpose</c> and <c>X-Moz</c> together; empty where absent.</param>
/// <param name="HasLanguage">There is a field <c>Accept-Language</c>: every browser of a person sends one.</param>
internal sealed record ReaderSigns(bool IsHead, string UserAgent, string Purpose, bool HasLanguage)
{
    /// <summary>The browser says that a person's own act led here (Fetch Metadata: <c>Sec-Fetch-User</c>), or at least that it fills a window.</summary>
    public bool IsNavigation { get; init; }

    /// <summary>Since the link was made; a mail takes its time.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>The same link was asked for again and again within minutes.</summary>
    public bool IsMany { get; init; }

    /// <summary>Nothing: user agents can tell people apart.</summary>
    public override string ToString() => nameof(ReaderSigns);
}

/// <summary>Who seems to be reading.</summary>
internal enum ReaderKind
{
    /// <summary>A person at a browser, as far as that can be seen.</summary>
    Person,

    /// <summary>A program: a mail scanner, a preview, a prefetch.</summary>
    Scanner,

    /// <summary>It may be either.</summary>
    Unclear,
}

/// <summary>Who seems to be reading, and by what that was seen. It is told in events and decides nothing else.</summary>
/// <param name="Kind">Who.</param>
/// <param name="Sign">Slug of what gave it away; stored with events for years: rename none.</param>
internal sealed record Reader(ReaderKind Kind, string Sign)
{
    /// <summary>No mail is fetched, read and clicked in less time.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    /// <summary>Parts of user agents of mail scanners, link previews and crawlers, lower case.</summary>
    private static readonly string[] Scanners =
    [
        "barracuda",
        "bingpreview",
        "bot/",
        "bot;",
        "cisco-ironport",
        "crawler",
        "facebookexternalhit",
        "forcepoint",
        "fortiguard",
        "googleimageproxy",
        "line-poker",
        "mimecast",
        "ms-office-protocol",
        "preview",
        "proofpoint",
        "safelinks",
        "scanner",
        "skypeuripreview",
        "slackbot",
        "sophos",
        "spider",
        "symantec",
        "trend micro",
        "trendmicro",
        "twitterbot",
        "urldefense",
        "whatsapp/",
        "zscaler",
    ];

    /// <summary>What HTTP libraries call themselves, lower case; browsers begin with <c>mozilla/</c>.</summary>
    private const string Browser = "mozilla/";

    /// <summary>Chromium without a window: somebody drives it.</summary>
    private const string Driven = "headlesschrome";

    /// <summary>The judgement; the surest sign counts. Pure.</summary>
    public static Reader Of(ReaderSigns signs)
    {
        var agent = signs.UserAgent.ToLowerInvariant();
        return signs switch
        {
            { IsHead: true } => new Reader(ReaderKind.Scanner, "head"),
            _ when IsAhead(signs.Purpose) => new Reader(ReaderKind.Scanner, "prefetch"),
            _ when Scanners.Any(name => agent.Contains(name, StringComparison.Ordinal)) => new Reader(
                ReaderKind.Scanner,
                "known-scanner"
            ),
            _ when !agent.StartsWith(Browser, StringComparison.Ordinal) => new Reader(ReaderKind.Scanner, "program"),
            { HasLanguage: false } => new Reader(ReaderKind.Scanner, "no-language"),
            { IsMany: true } => new Reader(ReaderKind.Unclear, "many"),
            _ when signs.Since < TooSoon => new Reader(ReaderKind.Unclear, "too-soon"),
            _ when agent.Contains(Driven, StringComparison.Ordinal) => new Reader(ReaderKind.Unclear, "driven"),
            { IsNavigation: true } => new Reader(ReaderKind.Person, "navigation"),
            _ => new Reader(ReaderKind.Unclear, "browser"),
        };
    }

    private static bool IsAhead(string purpose) =>
        purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase)
        || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase);
}
