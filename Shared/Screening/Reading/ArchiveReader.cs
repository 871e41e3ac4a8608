using System.IO.Compression;
using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>Reads the files within a file.</summary>
internal sealed class ArchiveReader(FileReader files, ContentFacts facts, ReadingBounds bounds)
{
    private static readonly HashSet<string> Breaks = new(
        ["p", "br", "cr", "row", "si", "comment", "tr", "sp"],
        StringComparer.Ordinal
    );

    private static readonly string[] TextParts =
    [
        "word/document",
        "word/header",
        "word/footer",
        "word/footnotes",
        "word/endnotes",
        "word/comments",
        "xl/sharedstrings",
        "xl/worksheets/",
        "xl/comments",
        "xl/drawings/",
        "ppt/slides/",
        "ppt/notesslides/",
        "ppt/comments",
    ];

    /// <summary>The files in a ZIP, or the text of an Office file.</summary>
    /// <returns>What is known of the ZIP then.</returns>
    public FileFact ReadZip(FileFact fact, ReadOnlyMemory<byte> zip, int depth)
    {
        List<ZipEntry> entries = [];
        var complete = Try(() =>
        {
            foreach (var entry in ZipDirectory.Entries(zip))
            {
                bounds.TakeEntry();
                entries.Add(entry);
            }

            return depth < ReadingBounds.MaxDepth;
        });
        var kind = KindOf(entries);
        var number = 0;
        foreach (var entry in complete ? entries.Where(entry => !entry.Name.EndsWith('/')) : [])
        {
            number++;
            complete &= Try(() =>
                kind is FileKinds.Zip
                    ? ReadEntry(entry, fact.Place.Within(number), zip, depth)
                    : ReadPart(entry, fact.Place, number, zip, depth)
            );
        }

        return fact with
        {
            Kind = kind,
            Encrypted = fact.Encrypted || entries.Exists(entry => entry.Encrypted),
            NotRead = !complete,
        };
    }

    /// <summary>What is wrong with one entry is no reason to pass over the others.</summary>
    private static bool Try(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (FileReader.IsOfContent(error))
        {
            return false; // said in FileFact.NotRead
        }
    }

    private static string KindOf(List<ZipEntry> entries) =>
        !entries.Exists(entry => entry.Name is "[Content_Types].xml") ? FileKinds.Zip
        : entries.Exists(entry => entry.Name.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) ? FileKinds.Docx
        : entries.Exists(entry => entry.Name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) ? FileKinds.Xlsx
        : entries.Exists(entry => entry.Name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? FileKinds.Pptx
        : FileKinds.Zip;

    /// <summary>A file in a ZIP becomes a file of its own; false where it could not be read.</summary>
    private bool ReadEntry(ZipEntry entry, Place place, ReadOnlyMemory<byte> zip, int depth)
    {
        if (entry.Encrypted)
        {
            files.ReadName(entry.Name, place);
            facts.Add(
                new FileFact(place, FileKinds.ExtensionOf(entry.Name), FileKinds.Unknown, entry.Packed, true, true)
            );
            return false;
        }

        using var file = files.Take(entry.Name);
        using var content = ZipDirectory.Open(zip, entry);
        Inflate(content, entry.Packed, piece => file.Write(piece.Span));
        files.Read(entry.Name, place, file, depth + 1);
        return true;
    }

    /// <summary>A part of an Office file: text of the file itself, or a file that is embedded.</summary>
    private bool ReadPart(ZipEntry entry, Place place, int number, ReadOnlyMemory<byte> zip, int depth)
    {
        if (entry.Name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase))
        {
            return ReadEntry(entry, place.Within(number), zip, depth);
        }

        var isText =
            entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            && TextParts.Any(part => entry.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase));
        if (isText)
        {
            using var content = ZipDirectory.Open(zip, entry);
            files.ReadText(scan => ReadMarkup(content, entry.Packed, scan), place);
        }

        return true;
    }

    private void ReadMarkup(Stream content, long packed, TextScan scan)
    {
        var markup = new MarkupText(scan, Breaks);
        Decoder? decoder = null;
        var characters = new char[(1 << 14) + 64];
        Inflate(
            content,
            packed,
            piece =>
            {
                decoder ??= (PlainText.EncodingOf(piece.Span) ?? Encoding.UTF8).GetDecoder();
                markup.Append(characters.AsSpan(0, decoder.GetChars(piece.Span, characters, flush: false)));
            }
        );
    }

    /// <summary>The one file in a gzip.</summary>
    /// <exception cref="BoundsReached">Too deep, or more than is read.</exception>
    public void ReadGzip(FileFact fact, string? name, ReadOnlyMemory<byte> bytes, int depth)
    {
        if (depth >= ReadingBounds.MaxDepth)
        {
            throw new BoundsReached();
        }

        var inner = fact.Extension is "gz" ? name![..^3] : name;
        using var file = files.Take(inner);
        using var content = new GZipStream(BinaryData.FromBytes(bytes).ToStream(), CompressionMode.Decompress);
        Inflate(content, bytes.Length, piece => file.Write(piece.Span));
        files.Read(inner, fact.Place.Within(1), file, depth + 1);
    }

    private void Inflate(Stream content, long packed, Action<ReadOnlyMemory<byte>> take)
    {
        var buffer = new byte[1 << 14];
        var all = 0L;
        while (content.Read(buffer) is > 0 and var read)
        {
            bounds.TakeInflated(read, all += read, Math.Max(packed, 1));
            take(buffer.AsMemory(0, read));
        }
    }
}
