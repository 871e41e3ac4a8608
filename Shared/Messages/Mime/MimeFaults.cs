using System.Text;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>Whether a message that is not changed can go to any reader as it is.</summary>
internal static class MimeFaults
{
    private const int MaxLine = 998;

    /// <summary>Multiparts within multiparts; readers give up somewhere, and each level is written to be looked at.</summary>
    private const int MaxDepth = 20;

    /// <summary>
    /// Something in the message is not as RFC 5322 and RFC 2045 to 2049 want it: a field, a boundary, an encoding, a line over 998 octets,
    /// a bare CR or a NUL. Bytes over 127 are no fault.
    /// </summary>
    /// <param name="message">As parsed; at most <see cref="TakenApart.MaxBodyBytes"/> large, since it is written into memory.</param>
    public static bool In(MimeMessage message) =>
        message.Headers.Any(IsBad) || (message.Body is { } body && (HasBadPart(body, 0) || HasBadLine(body)));

    private static bool IsBad(Header field) => !FieldCare.IsSound(field, eightBit: true);

    private static bool HasBadPart(MimeEntity entity, int depth) =>
        depth > MaxDepth
        || entity.Headers.Any(IsBad)
        || entity switch
        {
            Multipart multipart => HasBadBoundary(multipart) || multipart.Any(part => HasBadPart(part, depth + 1)),
            MimePart part => HasBadEncoding(part),
            _ => false,
        };

    private static bool HasBadBoundary(Multipart multipart)
    {
        if (
            multipart.Count == 0
            || multipart.Headers[HeaderId.ContentTransferEncoding] is not (null or "7bit" or "8bit")
        )
        {
            return true;
        }

        using var written = new MemoryStream();
        multipart.WriteTo(written, contentOnly: true);
        var text = Encoding.Latin1.GetString(written.GetBuffer(), 0, (int)written.Length);
        return !text.Contains($"\n--{multipart.Boundary}--", StringComparison.Ordinal);
    }

    private static bool HasBadEncoding(MimePart part) =>
        part.Headers.Contains(HeaderId.ContentTransferEncoding)
        && part.ContentTransferEncoding switch
        {
            ContentEncoding.Base64 => !IsBase64(part),
            ContentEncoding.QuotedPrintable or ContentEncoding.SevenBit or ContentEncoding.EightBit => false,
            _ => true,
        };

    private static bool IsBase64(MimePart part)
    {
        using var raw = new MemoryStream();
        part.Content?.WriteTo(raw);
        var text = string.Concat(Encoding.Latin1.GetString(raw.ToArray()).Where(c => c is not ('\r' or '\n')));
        return Convert.TryFromBase64String(text, new byte[text.Length], out _);
    }

    private static bool HasBadLine(MimeEntity body)
    {
        using var written = new MemoryStream();
        body.WriteTo(written, contentOnly: true);
        var rest = written.GetBuffer().AsSpan(0, (int)written.Length);
        while (!rest.IsEmpty)
        {
            var line = rest.IndexOf((byte)'\n') is var end and >= 0 ? rest[..end] : rest;
            var text = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (text.Length > MaxLine || text.IndexOfAny((byte)'\r', (byte)0) >= 0)
            {
                return true;
            }

            rest = rest[Math.Min(line.Length + 1, rest.Length)..];
        }

        return false;
    }
}
