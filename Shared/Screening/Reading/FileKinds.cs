using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>Kinds of files by their first bytes, whatever their name says. Pure.</summary>
internal static class FileKinds
{
    public const string Zip = "zip";
    public const string Docx = "docx";
    public const string Xlsx = "xlsx";
    public const string Pptx = "pptx";
    public const string SevenZip = "7z";
    public const string Rar = "rar";
    public const string Gzip = "gz";
    public const string Pdf = "pdf";

    /// <summary>An OLE compound file: Office of before 2007, Outlook items, and encrypted Office files.</summary>
    public const string Ole = "ole";
    public const string Text = "text";
    public const string Mail = "eml";

    /// <summary>Nothing of the above, and no picture, sound or program either.</summary>
    public const string Unknown = "unknown";

    private static readonly (byte[] Start, string Kind)[] Starts =
    [
        ([0x50, 0x4b, 3, 4], Zip),
        ([0x50, 0x4b, 5, 6], Zip),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], SevenZip),
        ("Rar!\u001a\u0007"u8.ToArray(), Rar),
        ([0x1f, 0x8b], Gzip),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], Ole),
        ([0x89, 0x50, 0x4e, 0x47], "png"),
        ([0xff, 0xd8, 0xff], "jpg"),
        ("GIF8"u8.ToArray(), "gif"),
        ("BM"u8.ToArray(), "bmp"),
        ("II*\0"u8.ToArray(), "tiff"),
        ("MM\0*"u8.ToArray(), "tiff"),
        ("MZ"u8.ToArray(), "exe"),
        ([0x7f, 0x45, 0x4c, 0x46], "elf"),
        ([0x4c, 0, 0, 0, 1, 0x14, 2, 0], "lnk"),
        ("ID3"u8.ToArray(), "mp3"),
        ("OggS"u8.ToArray(), "ogg"),
    ];

    private static readonly HashSet<string> WithoutText = new(
        "png jpg gif bmp tiff webp wav mp4 mp3 ogg exe elf lnk".Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>The kind of a file; a ZIP is told apart further by what is in it.</summary>
    public static string Of(ReadOnlySpan<byte> head)
    {
        foreach (var (start, kind) in Starts)
        {
            if (head.StartsWith(start))
            {
                return kind;
            }
        }

        return head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0 ? Pdf
            : head.Length > 12 && head.StartsWith("RIFF"u8) ? (head[8..].StartsWith("WEBP"u8) ? "webp" : "wav")
            : head.Length > 12 && head[4..].StartsWith("ftyp"u8) ? "mp4"
            : PlainText.EncodingOf(head) is not null ? Text
            : Unknown;
    }

    /// <summary>Files of this kind hold no text to read.</summary>
    public static bool HasNoText(string kind) => WithoutText.Contains(kind);

    /// <summary>The extension of a name, lower case without dot; empty for none or for one that is no word.</summary>
    public static string ExtensionOf(string? name)
    {
        var folded = Folding.Fold(name ?? "").TrimEnd(' ', '.', '\0', '"', '\'');
        var dot = folded.LastIndexOf('.');
        var extension = dot >= 0 ? folded[(dot + 1)..] : "";
        return extension.Length <= 20 && extension.EnumerateRunes().All(Rune.IsLetterOrDigit) ? extension : "";
    }
}
