using System.ComponentModel.DataAnnotations;
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

    /// <summary>How long the "expired" page of a link is kept after its files went. Default 30 days, at most 10 years.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "3650.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Links:ExpiredPageLife must be at most 3650 days."
    )]
    public TimeSpan ExpiredPageLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The landing page of a token.</summary>
    public Uri UrlOf(LinkToken token) => new($"{Host!.AbsoluteUri.TrimEnd('/')}/d/{token.Text}");
}
