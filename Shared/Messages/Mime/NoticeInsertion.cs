using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>Puts a notice above a text, in the text's own charset where that can hold it, else in UTF-8.</summary>
internal static partial class NoticeInsertion
{
    private const int MaxLine = 900;

    /// <summary>Browsers look for the charset in the first 1024 octets alone.</summary>
    private const int MaxHead = 1 << 16;

    public static void IntoText(TextPart part, string notice)
    {
        var text = Lines($"{notice.TrimEnd()}\n\n") + Lines(part.Text);
        Write(part, CharsetFor(part, text), text);
    }

    public static void IntoHtml(TextPart part, string notice)
    {
        var html = Lines(part.Text);
        html = html.Insert(BehindBodyTag(html), Lines($"{notice}\n"));
        var charset = CharsetFor(part, html);
        Write(part, charset, ReplaceCharset(html, charset));
    }

    /// <summary>Sets the text, its charset, and an encoding that any server passes.</summary>
    public static void Write(TextPart part, Encoding charset, string text)
    {
        part.SetText(charset, text);
        part.ContentTransferEncoding = part.GetBestEncoding(EncodingConstraint.SevenBit, MaxLine);
    }

    /// <summary>0 where there is no such tag. Each character is looked at once, whatever the text is made of.</summary>
    private static int BehindBodyTag(string html)
    {
        const string Tag = "<body";
        for (var at = 0; ; )
        {
            at = html.IndexOf(Tag, at, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return 0;
            }

            at += Tag.Length;
            if (at < html.Length && !char.IsAsciiLetterOrDigit(html[at]) && html[at] is not '-')
            {
                return html.IndexOf('>', at) + 1;
            }
        }
    }

    // Not ReplaceLineEndings: a form feed or U+2028 is text.
    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Replace("\n", "\r\n", StringComparison.Ordinal);

    private static Encoding CharsetFor(TextPart part, string text)
    {
        if (part.ContentType.Charset is not { Length: > 0 } name || !IsKnown(name, out var own))
        {
            return Encoding.UTF8;
        }

        var strict = Encoding.GetEncoding(
            own.CodePage,
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ReplacementFallback
        );
        try
        {
            return string.Equals(strict.GetString(strict.GetBytes(text)), text, StringComparison.Ordinal)
                ? own
                : Encoding.UTF8;
        }
        catch (EncoderFallbackException)
        {
            return Encoding.UTF8;
        }
    }

    private static bool IsKnown(string name, out Encoding encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(name);
            return true;
        }
        catch (ArgumentException)
        {
            encoding = Encoding.UTF8;
            return false;
        }
    }

    private static string ReplaceCharset(string html, Encoding charset)
    {
        var meta = MetaCharset().Match(html, 0, Math.Min(html.Length, MaxHead));
        return meta.Success
            ? html[..meta.Groups["name"].Index]
                + charset.WebName
                + html[(meta.Groups["name"].Index + meta.Groups["name"].Length)..]
            : html;
    }

    [GeneratedRegex(
        "<meta[^>]{0,200}charset\\s*=\\s*[\"']?(?<name>[\\w-]+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MetaCharset();
}
