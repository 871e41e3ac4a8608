using System.Text.RegularExpressions;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// The images that the HTML of a message shows (RFC 2392, RFC 2557). An image with a Content-ID that no HTML names is an attachment to
/// every reader, wherever it stands.
/// </summary>
internal sealed partial class ShownImages
{
    private readonly HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> pages = [];

    private long left = TakenApart.MaxBodyBytes;

    private ShownImages() { }

    /// <summary>Reads the HTML parts; what together is too large for a body is not looked at: such a message goes whole.</summary>
    public static ShownImages Of(MimeEntity? body)
    {
        var shown = new ShownImages();
        shown.Read(body);
        return shown;
    }

    /// <summary>Some HTML part shows this one.</summary>
    public bool Has(MimeEntity part) =>
        (part.ContentId is { Length: > 0 } id && ids.Contains(id))
        || (
            part.ContentLocation is { OriginalString.Length: > 0 } place
            && pages.Exists(page => page.Contains($"\"{place.OriginalString}\"", StringComparison.Ordinal))
        );

    private void Read(MimeEntity? entity)
    {
        switch (entity)
        {
            case Multipart multipart:
                foreach (var child in multipart)
                {
                    Read(child);
                }

                break;
            case TextPart { IsHtml: true, IsAttachment: false, Content.Stream: { } content } html
                when content.Length <= left:
                left -= content.Length;
                var page = html.Text;
                pages.Add(page);
                ids.UnionWith(References().Matches(page).Select(match => Decode(match.Groups["id"].Value)));
                break;
        }
    }

    private static string Decode(string reference) =>
        Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(reference)).Trim('<', '>');

    [GeneratedRegex(
        "cid:(?<id>[^\"'\\s>)]{1,500})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex References();
}
