using MimeKit;

namespace TlsOrLink.Messages;

/// <summary>The header section of a raw message. Pure.</summary>
internal sealed class RawHeader
{
    /// <summary>Marks mail that this service wrote.</summary>
    public const string LoopField = "X-TlsOrLink-Loop";

    private const int MaxReceived = 50;
    private readonly HeaderList fields;

    private RawHeader(HeaderList fields, int bytes) => (this.fields, Bytes) = (fields, bytes);

    /// <summary>Size of the section with the empty line that ends it.</summary>
    public int Bytes { get; }

    /// <summary>Decoded; empty where there is none.</summary>
    public string Subject => fields[HeaderId.Subject] ?? "";

    /// <summary>The first field of a name, decoded; null where there is none.</summary>
    public string? Value(HeaderId id) => fields[id]?.Trim();

    /// <summary>All fields of a name, decoded.</summary>
    public IEnumerable<string> Values(HeaderId id) =>
        fields.Where(field => field.Id == id).Select(field => field.Value);

    /// <summary>How many fields of a name there are.</summary>
    public int Count(HeaderId id) => fields.Count(field => field.Id == id);

    /// <summary>False where the message is one text that is not marked as a file.</summary>
    public bool MayHaveFiles =>
        fields[HeaderId.ContentDisposition] is not null
        || (
            fields[HeaderId.ContentType] is { } type
            && !(ContentType.TryParse(type, out var parsed) && parsed.IsMimeType("text", "*") && parsed.Name is null)
        );

    /// <summary>Parses and judges the section at the start of a message.</summary>
    /// <exception cref="IntakeRefusal">It is malformed, or the mail is in a loop.</exception>
    public static RawHeader Parse(ReadOnlySpan<byte> start)
    {
        var end = End(start);
        var section = start[..(end < 0 ? start.Length : end)];
        CheckLines(section);
        using var stream = new MemoryStream(section.ToArray());
        var loaded = Load(stream);
        if (loaded.Contains(LoopField))
        {
            throw IntakeRefusal.Loop("The message was written by this service. Its own mail is not taken again.");
        }

        if (loaded.Count(field => field.Id == HeaderId.Received) > MaxReceived)
        {
            throw IntakeRefusal.Loop($"The message has more than {MaxReceived} Received fields: it goes in a circle.");
        }

        return new RawHeader(loaded, section.Length);
    }

    /// <summary>The index behind the empty line that ends the section; -1 where it has not come yet.</summary>
    public static int End(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\n"u8) || bytes.StartsWith("\r\n"u8))
        {
            return bytes.IndexOf((byte)'\n') + 1;
        }

        for (var at = 0; bytes[at..].IndexOf((byte)'\n') is var next and >= 0; )
        {
            at += next + 1;
            var rest = bytes[at..];
            if (rest.StartsWith("\n"u8) || rest.StartsWith("\r\n"u8))
            {
                return at + rest.IndexOf((byte)'\n') + 1;
            }
        }

        return -1;
    }

    /// <summary>The mailboxes of all fields of one name, those in groups too.</summary>
    /// <exception cref="IntakeRefusal">A field is no list of addresses.</exception>
    public IReadOnlyList<MailboxAddress> Mailboxes(HeaderId id) =>
        [.. fields.Where(field => field.Id == id).SelectMany(field => Mailboxes(field))];

    private static IEnumerable<MailboxAddress> Mailboxes(Header field)
    {
        if (string.IsNullOrWhiteSpace(field.Value))
        {
            return [];
        }

        return InternetAddressList.TryParse(ParserOptions.Default, field.RawValue, out var list)
            ? list.Mailboxes
            : throw IntakeRefusal.At(field.Field, "Not a list of mail addresses (RFC 5322 section 3.4).");
    }

    private static HeaderList Load(Stream stream)
    {
        try
        {
            return HeaderList.Load(stream);
        }
        catch (FormatException)
        {
            throw IntakeRefusal.At("header", "Not the header section of a message (RFC 5322 section 2.2).");
        }
    }

    private static void CheckLines(ReadOnlySpan<byte> section)
    {
        var number = 0;
        foreach (var range in section.Split((byte)'\n'))
        {
            number++;
            var line = section[range];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.IndexOfAny((byte)'\r', (byte)0) >= 0)
            {
                throw IntakeRefusal.At("header", $"Line {number} holds a bare CR or a NUL.");
            }

            var folded = number > 1 && line.Length > 0 && line[0] is (byte)' ' or (byte)'\t';
            if (line.Length > 0 && !folded && !IsField(line))
            {
                throw IntakeRefusal.At(
                    "header",
                    $"Line {number} is no header field (RFC 5322 section 2.2). Send the message without envelope lines, "
                        + "with its header first and an empty line after it."
                );
            }
        }

        if (!IsField(section))
        {
            throw IntakeRefusal.At("header", "The message has no header section.");
        }
    }

    /// <summary>The line begins with printable ASCII other than a colon, and a colon.</summary>
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        var name = line.IndexOfAnyExceptInRange((byte)'!', (byte)'~') is var at and >= 0 ? line[..at] : line;
        return name.IndexOf((byte)':') > 0;
    }
}
