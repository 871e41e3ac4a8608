using System.Text;
using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>What becomes of a message on route <c>link</c>; <c>docs/mime.md</c>.</summary>
public enum MimeWay
{
    /// <summary>Its files go behind the link, its body stays in the mail.</summary>
    Apart,

    /// <summary>All of it goes behind the link, as <c>message.eml</c>.</summary>
    Whole,

    /// <summary>It has no files, and goes without a link.</summary>
    NoFiles,
}

/// <summary>A file in a <see cref="MimeSample"/>.</summary>
/// <param name="Name">As the recipient is to see it.</param>
/// <param name="Content">Decoded.</param>
public sealed record SampleFile(string Name, byte[] Content);

/// <summary>One message of the corpus.</summary>
/// <param name="Name">Words with hyphens; also in the Message-ID.</param>
/// <param name="Way">What must become of it.</param>
/// <param name="Bytes">The raw message.</param>
public sealed partial record MimeSample(string Name, MimeWay Way, byte[] Bytes)
{
    /// <summary>In their order; with <see cref="MimeWay.Whole"/> those that must not be in the link mail either.</summary>
    public IReadOnlyList<SampleFile> Files { get; init; } = [];

    /// <summary>What text and HTML of a mail that keeps its body must say.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    /// <summary>Content-IDs of images that stay, with what they are.</summary>
    public IReadOnlyList<SampleFile> Shown { get; init; } = [];

    /// <summary>The subject as readers show it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The language that the notice must have.</summary>
    public bool IsJapanese { get; init; }

    /// <summary>It has an HTML body that stays.</summary>
    public bool HasHtml { get; init; }

    /// <summary>It has a text body that stays.</summary>
    public bool HasText { get; init; } = true;

    public string MessageId => $"<{Name}@sender.example>";

    /// <summary>Of the message that it answers.</summary>
    public const string Parent = "<parent@partner.example>";

    /// <summary>The value of <c>References</c>.</summary>
    public const string Thread = "<root@partner.example> <parent@partner.example>";

    /// <summary>Its bytes as text, one character per byte.</summary>
    public string Text => Encoding.Latin1.GetString(Bytes);

    /// <summary>What must arrive over TLS, behind the <c>Received</c> that is prepended: all line ends CRLF, three fields left out.</summary>
    public byte[] Transparent
    {
        get
        {
            var lines = LineEnd().Replace(Text, "\r\n");
            var end = lines.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : lines.Length;
            var fields = lines[..end].Replace("\r\n ", "\r\0 ", StringComparison.Ordinal);
            fields = fields.Replace("\r\n\t", "\r\0\t", StringComparison.Ordinal);
            var kept = fields
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Where(one => one.Split(':')[0].ToUpperInvariant() is not ("BCC" or "RESENT-BCC" or "TLS-REQUIRED"))
                .Select(one => one.Replace("\r\0", "\r\n", StringComparison.Ordinal) + "\r\n");
            var whole = string.Concat(kept) + lines[end..];
            return Encoding.Latin1.GetBytes(whole.EndsWith("\r\n", StringComparison.Ordinal) ? whole : $"{whole}\r\n");
        }
    }

    public override string ToString() => Name;

    // Not ReplaceLineEndings: it takes the byte 0x85 for one.
    [GeneratedRegex("\r\n|\r|\n", RegexOptions.CultureInvariant)]
    private static partial Regex LineEnd();
}
