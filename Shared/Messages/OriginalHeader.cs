using System.Text;
using MimeKit;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>The header section of a stored message, as its sender may see it again.</summary>
/// <param name="Bytes">Its lines with CRLF, without those that are never sent (<c>Bcc</c>).</param>
/// <param name="Subject">Decoded; empty where there is none.</param>
/// <param name="MessageId">With angle brackets; null where there is none.</param>
internal sealed record OriginalHeader(ReadOnlyMemory<byte> Bytes, string Subject, string? MessageId)
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads the section at the start of a message; a longer one than 256 KiB is cut.</summary>
    /// <param name="message">The message as stored; not disposed.</param>
    /// <param name="withoutSubject">The subject is confidential as the body is.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<OriginalHeader> ReadAsync(
        Stream message,
        bool withoutSubject,
        CancellationToken cancellation
    )
    {
        var section = await SectionAsync(message, cancellation);
        using var stream = new MemoryStream(section);
        var fields = await HeaderList.LoadAsync(stream, cancellation);
        var shown = new StringBuilder();
        foreach (var field in fields.Where(field => !IsHidden(field, withoutSubject)))
        {
            shown.Append(Encoding.Latin1.GetString(field.RawField)).Append(':').Append(Raw(field));
        }

        return new OriginalHeader(
            Encoding.Latin1.GetBytes(shown.ToString()),
            withoutSubject ? "" : fields[HeaderId.Subject] ?? "",
            fields[HeaderId.MessageId]?.Trim()
        );
    }

    private static async Task<byte[]> SectionAsync(Stream message, CancellationToken cancellation)
    {
        using var section = new MemoryStream();
        var (filter, lines, buffer) = (new HeaderFilter(), new CrLf(), new byte[1 << 13]);
        var end = -1;
        while (end < 0 && section.Length < MaxBytes)
        {
            var read = await message.ReadAsync(buffer, cancellation);
            section.Write((read == 0 ? filter.End() : filter.Next(lines.Next(buffer.AsSpan(0, read)))).Span);
            end = RawHeader.End(section.GetBuffer().AsSpan(0, (int)section.Length));
            if (read == 0)
            {
                break;
            }
        }

        return section.GetBuffer()[..(end < 0 ? (int)section.Length : end)];
    }

    private static bool IsHidden(Header field, bool withoutSubject) => withoutSubject && field.Id == HeaderId.Subject;

    private static string Raw(Header field)
    {
        var raw = Encoding.Latin1.GetString(field.RawValue).ReplaceLineEndings("\r\n");
        return raw.EndsWith("\r\n", StringComparison.Ordinal) ? raw : raw + "\r\n";
    }
}
