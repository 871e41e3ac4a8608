using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>What goes into the one frame that all pages share.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Language">Language of the page.</param>
/// <param name="Title">Heading and title.</param>
/// <param name="Company">Who keeps the files.</param>
/// <param name="Main">What stands below the heading.</param>
/// <param name="Path">Path of the page for the language switch; null for the address that the browser shows.</param>
/// <param name="FormOrigin">The one foreign origin to which a form of this page may lead; null for none.</param>
internal sealed record PageFrame(
    int Status,
    MailLanguage Language,
    string Title,
    string Company,
    Html Main,
    string? Path = null,
    string? FormOrigin = null
)
{
    /// <summary>The page tells times, which a browser may write anew for its own time zone.</summary>
    public bool TellsTimes { get; init; }

    /// <summary>Name of a style sheet of the room that is added to that of all pages; null for none.</summary>
    public string? Sheet { get; init; }

    /// <summary>Stands in place of the language switch, where a link would lose what the page shows; null for the link.</summary>
    public Html? Switch { get; init; }

    /// <summary>Who is signed in, beside the language switch; null for nobody.</summary>
    public Html? Person { get; init; }

    /// <summary>
    /// The page's own address is no secret: its forms tell our own origin where they come from, and nobody else. Default false: not
    /// even that, since the address of a download link is its authority.
    /// </summary>
    public bool TellsItself { get; init; }
}

/// <summary>The HTML layout and the headers of every page: nothing from elsewhere, and no script but the one of <see cref="PageFrame.TellsTimes"/>.</summary>
internal static class Layout
{
    private static readonly ConcurrentDictionary<string, StyleSheet> Sheets = new(StringComparer.Ordinal);

    private static readonly string Times = Resource("times.js");
    private static readonly string TimesHash = HashOf(Times);

    private sealed record StyleSheet(string Css)
    {
        public string Hash { get; } = HashOf(Css);
    }

    /// <summary>The page in its frame.</summary>
    public static Page Render(PageFrame frame) => new(frame.Status, HeadersOf(frame), Document(frame).Text);

    /// <summary>
    /// The content security policy of our pages: the one style sheet, by hash, and forms to ourselves.
    /// <paramref name="formOrigin"/> is needed where a form is answered by a redirect to storage: browsers check the redirect too,
    /// and drop it silently. <paramref name="tellsTimes"/> lets the one script of ours run, by hash.
    /// </summary>
    public static string ContentSecurityPolicy(string? formOrigin, string? sheet = null, bool tellsTimes = false) =>
        $"default-src 'none'; {(tellsTimes ? $"script-src 'sha256-{TimesHash}'; " : "")}"
        + $"style-src 'sha256-{SheetOf(sheet).Hash}'; form-action 'self'{(formOrigin is null ? "" : $" {formOrigin}")}; "
        + "frame-ancestors 'none'; base-uri 'none'";

    private static Dictionary<string, string> HeadersOf(PageFrame frame) =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "text/html; charset=utf-8",
            ["Content-Language"] = frame.Language.Tag(),
            ["Content-Security-Policy"] = ContentSecurityPolicy(frame.FormOrigin, frame.Sheet, frame.TellsTimes),
            ["Cache-Control"] = "no-store",
            ["Cross-Origin-Opener-Policy"] = "same-origin",
            ["Referrer-Policy"] = frame.TellsItself ? "same-origin" : "no-referrer",
            ["X-Content-Type-Options"] = "nosniff",
            ["X-Robots-Tag"] = "noindex, nofollow, noarchive",
        };

    private static Html Document(PageFrame frame) =>
        Html.Of(
            $"""
            <!doctype html>
            <html lang="{frame.Language.Tag()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{frame.Title} – {Shown(frame.Company)}</title>
            <style>{Html.StyleSheet(SheetOf(frame.Sheet).Css)}</style>
            </head>
            <body>
            <header><p class="company">{Shown(frame.Company)}</p>{frame.Person ?? Html.Empty}{frame.Switch
                ?? Switch(frame)}</header>
            <main>
            <h1>{frame.Title}</h1>
            {frame.Main}
            </main>{(frame.TellsTimes ? Html.Script(Times) : Html.Empty)}
            </body>
            </html>

            """
        );

    private static Html Switch(PageFrame frame) =>
        frame.Language == MailLanguage.En
            ? Html.Of(
                $"""<nav aria-label="Language"><a href="{frame.Path}?lang=ja" lang="ja" hreflang="ja">日本語</a></nav>"""
            )
            : Html.Of(
                $"""<nav aria-label="言語"><a href="{frame.Path}?lang=en" lang="en" hreflang="en">English</a></nav>"""
            );

    private static string Shown(string text) => ShownText.OneLine(text, 100);

    private static StyleSheet SheetOf(string? name) =>
        Sheets.GetOrAdd(name ?? "", _ => new StyleSheet(Read("page") + (name is null ? "" : Read(name))));

    private static string Read(string sheet) => Resource($"{sheet}.css");

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string file)
    {
        using var stream =
            typeof(Layout).Assembly.GetManifestResourceStream($"TlsOrLink.Pages.{file}")
            ?? throw new InvalidOperationException($"{file} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
