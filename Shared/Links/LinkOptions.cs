using System.ComponentModel.DataAnnotations;
using TlsOrLink.Messages;
using TlsOrLink.Settings;

namespace TlsOrLink.Links;

/// <summary>Section <c>Links</c>.</summary>
internal sealed class LinkOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Links";

    /// <summary>Shortest life of a link outside Development.</summary>
    public static readonly TimeSpan MinLife = TimeSpan.FromHours(1);

    /// <summary>Longest life of a link.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(93);

    /// <summary>Base URL of the landing pages, without query. Outside Development HTTPS on a name of the operator's own.</summary>
    [Required(ErrorMessage = "Links:Host is missing: the base URL of the landing pages.")]
    [Example("https://files.example.co.jp")]
    public Uri? Host { get; set; }

    /// <summary>The company that recipients are told keeps the files; one line of 1 to 100 characters.</summary>
    [Required(ErrorMessage = "Links:CompanyName is missing: the company that recipients are told keeps the files.")]
    [StringLength(100, ErrorMessage = "Links:CompanyName must have at most 100 characters.")]
    [Example("Example KK")]
    public string CompanyName { get; set; } = "";

    /// <summary>Life of a link whose sender states none. Default 7 days; 1 hour to 93 days, in Development any time above zero.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Life of a link whose sender states none, where the recipient's mail server has no acceptable TLS (verdict <c>none</c>): whoever reads
    /// the mail on its way has the link. Default 3 days; never longer than <c>Links:Life</c> gives.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "93.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Links:LifeWithoutTls must lie between 00:00:01 and 93.00:00:00."
    )]
    public TimeSpan LifeWithoutTls { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// Downloads that a link is good for, where the sender states none: each file counted once in ten minutes. Not set (the default): no limit.
    /// With a limit the recipient types their own address before each download, so that scanners use none up. 1 to 1000.
    /// </summary>
    [Example("5")]
    [Range(1, 1000, ErrorMessage = "Links:MaxDownloads must lie between 1 and 1000, or not be set.")]
    public int? MaxDownloads { get; set; }

    /// <summary>
    /// What a recipient types before the files are handed out, where the sender states nothing: <c>None</c> (default), <c>Generated</c> (a code
    /// shown to the sender), <c>Passphrase</c> (agreed with the partner; a generated code where none is) or <c>Mail</c> (a one-time code, mailed
    /// over enforced TLS to domains whose verdict reaches the policy; else a generated code).
    /// </summary>
    public AccessCodeKind AccessCode { get; set; }

    /// <summary>
    /// Where the bytes of a file come from: <c>Sas</c> (default), straight from storage by a URL of some minutes; or <c>SameHost</c>, through this app
    /// under the link's own host, for recipients whose company blocks storage hosts. Files over 200 MB always come from storage. A caller's settings (<c>Callers:n:LinkBytes</c>) or a sender
    /// (<c>options.link.bytes</c>) may ask for <c>same-host</c>.
    /// </summary>
    public LinkBytes Bytes { get; set; }

    /// <summary>
    /// What the links in mails lead to: <c>Page</c> (default), the landing page; or <c>Sas</c>, straight to each file, by a shared access signature of a copy of
    /// the recipient's own, for at most 7 days. What is lost with <c>Sas</c>: no page, so no code, no maximum of downloads, no longer expiry (each is refused together
    /// with it), no extension, reminder or new link; nobody knows whether anything was downloaded (but for the storage's own log); scanners fetch the file itself; and whoever reads the mail
    /// has the file. Revoking deletes the copy. A caller's settings (<c>Callers:n:LinkMode</c>) or a sender may ask for <c>page</c>; mail whose body is protected always has a page.
    /// </summary>
    public LinkMode Mode { get; set; }

    /// <summary>The sender is told of the first download of each link, where the sender states nothing. Default false.</summary>
    public bool NotifyOnDownload { get; set; }

    /// <summary>
    /// How long before the end of a link a recipient who has downloaded nothing is reminded, where the sender states nothing. Default 00:00:00
    /// (never); at most 14 days. A link of a shorter life is reminded of in its middle.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "14.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Links:RemindBefore must lie between 00:00:00 and 14.00:00:00."
    )]
    public TimeSpan RemindBefore { get; set; }

    /// <summary>How long the "expired" page of a link is kept after its files went. Default 30 days, at most 10 years.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "3650.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Links:ExpiredPageLife must be at most 3650 days."
    )]
    public TimeSpan ExpiredPageLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Life of a link whose sender states none.</summary>
    public TimeSpan LifeOf(LinkCause cause) => cause.HasNoTls && LifeWithoutTls < Life ? LifeWithoutTls : Life;

    /// <summary>
    /// Name of the TXT record below a sender's domain that names the host of its links (<c>v=tlsorlink1; host=…</c>), as <c>/verify</c> tells
    /// recipients. Default <c>_tlsorlink</c>.
    /// </summary>
    [RegularExpression("_[a-z0-9-]{1,62}", ErrorMessage = "Links:VerifyRecord must be one label such as _tlsorlink.")]
    public string VerifyRecord { get; set; } = "_tlsorlink";

    /// <summary>The landing page of a token.</summary>
    public Uri UrlOf(LinkToken token) => new($"{Host!.AbsoluteUri.TrimEnd('/')}/d/{token.Text}");
}
