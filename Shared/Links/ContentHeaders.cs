using System.Text;

namespace TlsOrLink.Links;

/// <summary>The response headers that a SAS makes the storage send: nothing of a file is ever shown on the storage's origin.</summary>
internal static class ContentHeaders
{
    /// <summary>Longer names make URLs that proxies refuse; an XLSX with 120 Japanese characters is under 4 KB as <c>rscd</c>.</summary>
    private const int MaxNameCharacters = 120;

    private const string Opaque = "application/octet-stream";

    /// <summary>Types that phones open by type and that run nothing on the origin which serves them.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/pdf",
        "application/zip",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/csv",
        "text/plain",
        "audio/mpeg",
        "video/mp4",
    };

    /// <summary>The declared type where it is known and harmless, without parameters; else <c>application/octet-stream</c>.</summary>
    public static string SafeType(string declared)
    {
        var type = declared.Split(';', 2)[0].Trim();
        return Harmless.TryGetValue(type, out var known) ? known : Opaque;
    }

    /// <summary>
    /// <c>attachment</c> with the name twice (RFC 6266 appendix D): an ASCII stand-in for old clients, and <c>filename*</c> in
    /// UTF-8 (RFC 8187), which every browser of today prefers.
    /// </summary>
    public static string Disposition(string fileName)
    {
        var name = SafeName(fileName);
        return $"attachment; filename=\"{AsciiName(name)}\"; filename*=UTF-8''{Percent(name)}";
    }

    /// <summary>The name without what could leave the download folder or deceive the eye; <c>file</c> where nothing is left.</summary>
    public static string SafeName(string fileName)
    {
        var shown = ShownText.OneLine(fileName, MaxNameCharacters);
        var name = string.Concat(shown.Select(c => "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c));
        name = name.Trim('.', ' ');
        return name.Length == 0 ? "file" : name;
    }

    /// <summary>A percent sign in the stand-in is decoded by some browsers, hence it goes too.</summary>
    private static string AsciiName(string name) =>
        string.Concat(name.EnumerateRunes().Select(r => r.IsAscii && r.Value != '%' ? (char)r.Value : '_'));

    /// <summary>RFC 8187 section 3.2.1: everything but attr-char is a percent-encoded octet of UTF-8.</summary>
    private static string Percent(string name)
    {
        var builder = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            if (
                char.IsAsciiLetterOrDigit((char)octet) || "!#$&+-.^_`|~".Contains((char)octet, StringComparison.Ordinal)
            )
            {
                builder.Append((char)octet);
            }
            else
            {
                builder.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return builder.ToString();
    }
}
