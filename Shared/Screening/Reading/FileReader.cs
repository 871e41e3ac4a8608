using System.Text;
using System.Xml;

namespace TlsOrLink.Screening.Reading;

/// <summary>Reads attached files, and the files within them. What is hostile, damaged or too much ends the file it is in, and is said so.</summary>
internal sealed class FileReader(Wanted wanted, ContentFacts facts, ReadingBounds bounds)
{
    /// <summary>Takes a file that <see cref="Read"/> will read: no more of it is held in memory than is looked at.</summary>
    /// <param name="name">Its name; null for none.</param>
    /// <param name="expected">About its size; 0 for not known.</param>
    public FileBytes Take(string? name, long expected = 0) =>
        new(bounds.MaxFileBytes, begin => Needs(FileKinds.Of(begin.Span), FileKinds.ExtensionOf(name)), expected);

    /// <summary>Judges and reads one file.</summary>
    /// <param name="name">Its name; null for none.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="depth">0 for an attachment, 1 for a file in one.</param>
    public void Read(string? name, Place place, FileBytes file, int depth)
    {
        ReadName(name, place);
        var kind = FileKinds.Of(file.Begin.Span);
        var extension = FileKinds.ExtensionOf(name);
        var fact = new FileFact(place, extension, kind, file.Bytes)
        {
            Encrypted = Encryption.Of(kind, file.Begin.Span),
            NotRead = !file.IsWhole && !FileKinds.HasNoText(kind),
        };
        try
        {
            bounds.TakeEntry();
            facts.Add(ReadContent(fact, name, file, depth));
        }
        catch (Exception error) when (IsOfContent(error))
        {
            facts.Add(fact with { NotRead = true });
        }
    }

    /// <summary>Looks for words in a name.</summary>
    public void ReadName(string? name, Place place)
    {
        if (!string.IsNullOrEmpty(name))
        {
            ReadText(scan => scan.Append(name), place.As(Section.FileNames));
        }
    }

    /// <summary>Reads a text; what was found before a fault or a bound is kept.</summary>
    public void ReadText(Action<TextScan> read, Place place)
    {
        if (!wanted.Texts)
        {
            return;
        }

        var scan = new TextScan(wanted, place, facts, bounds);
        try
        {
            read(scan);
        }
        finally
        {
            scan.End();
        }
    }

    /// <summary>The fault lies in what was read, not in us or in storage.</summary>
    public static bool IsOfContent(Exception error) =>
        error
            is BoundsReached
                or InvalidDataException
                or XmlException
                or FormatException
                or IOException
                or ArgumentException
                or NotSupportedException
                or InvalidOperationException
                or OverflowException
                or IndexOutOfRangeException;

    /// <summary>More of such a file is looked at than its begin.</summary>
    private bool Needs(string kind, string extension) =>
        kind switch
        {
            FileKinds.Text => wanted.Texts || extension is "eml",
            FileKinds.Gzip => wanted.Texts,
            FileKinds.Unknown => false,
            _ => !FileKinds.HasNoText(kind),
        };

    private FileFact ReadContent(FileFact fact, string? name, FileBytes file, int depth)
    {
        switch (fact.Kind)
        {
            case FileKinds.Zip when file.IsWhole:
                return new ArchiveReader(this, facts, bounds).ReadZip(fact, file.Begin, depth);
            case FileKinds.Gzip when wanted.Texts && file.IsWhole:
                new ArchiveReader(this, facts, bounds).ReadGzip(fact, name, file.Begin, depth);
                return fact;
            case FileKinds.Text:
                ReadPlain(fact, file.Begin, depth);
                return fact;
            default:
                return fact with { NotRead = !FileKinds.HasNoText(fact.Kind) };
        }
    }

    private void ReadPlain(FileFact fact, ReadOnlyMemory<byte> bytes, int depth)
    {
        if (!wanted.Texts && fact.Extension is not "eml")
        {
            return;
        }

        var encoding = PlainText.EncodingOf(bytes.Span) ?? Encoding.UTF8;
        switch (fact.Extension)
        {
            case "eml" or "mht" or "mhtml":
                new MailReader(this, facts, bounds).Read(bytes, fact.Place, depth);
                break;
            case "html" or "htm" or "xhtml":
                ReadText(scan => HtmlText.Read(bytes, encoding, scan), fact.Place);
                break;
            default:
                ReadText(scan => PlainText.Read(bytes, encoding, scan), fact.Place);
                break;
        }
    }
}
