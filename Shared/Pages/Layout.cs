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
);

/// <summary>The HTML layout and the headers of every page: no script, no cookie, nothing from elsewhere.</summary>
internal static class Layout
{
    private static readonly string Css = ReadCss();

    private static readonly string CssHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));

    /// <summary>The page in its frame.</summary>
    public static Page Render(PageFrame frame) => new(frame.Status, HeadersOf(frame), Document(frame).Text);

    /// <summary>
    /// The content security policy of our pages: the one style sheet, by hash, and forms to ourselves.
    /// <paramref name="formOrigin"/> is needed where a form is answered by a redirect to storage: browsers check the redirect too,
    /// and drop it silently.
    /// </summary>
    public static string ContentSecurityPolicy(string? formOrigin) =>
        $"default-src 'none'; style-src 'sha256-{CssHash}'; form-action 'self'{(formOrigin is null ? "" : $" {formOrigin}")}; "
        + "frame-ancestors 'none'; base-uri 'none'";

    private static Dictionary<string, string> HeadersOf(PageFrame frame) =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "text/html; charset=utf-8",
            ["Content-Language"] = frame.Language.Tag(),
            ["Content-Security-Policy"] = ContentSecurityPolicy(frame.FormOrigin),
            ["Cache-Control"] = "no-store",
            ["Cross-Origin-Opener-Policy"] = "same-origin",
            ["Referrer-Policy"] = "no-referrer",
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
            <style>{Html.StyleSheet(Css)}</style>
            </head>
            <body>
            <header><p class="company">{Shown(frame.Company)}</p>{Switch(frame)}</header>
            <main>
            <h1>{frame.Title}</h1>
            {frame.Main}
            </main>
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

    private static string ReadCss()
    {
        using var stream =
            typeof(Layout).Assembly.GetManifestResourceStream("TlsOrLink.Pages.page.css")
            ?? throw new InvalidOperationException("page.css is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
