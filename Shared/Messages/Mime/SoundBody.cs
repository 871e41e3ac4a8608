using System.Text;
using MimeKit;
using MimeKit.IO;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// Writes the body of a message anew, so that any reader finds it without fault and any server takes it: fresh boundaries, every part
/// decoded and encoded again in 7 bits, no preamble or epilogue, a charset that the text really has. What the parts say stays the same.
/// </summary>
internal static class SoundBody
{
    private const int MaxLine = 900;

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-ID",
        "Content-Location",
        "Content-Description",
        "Content-Language",
        "Content-Class",
        "Content-Base",
        "Content-Duration",
        "Content-Features",
    };

    /// <summary>The same in sound MIME; null where nothing is left of it.</summary>
    public static MimeEntity? Of(MimeEntity entity) =>
        entity switch
        {
            Multipart multipart => OfMultipart(multipart),
            MimePart part => OfPart(part),
            _ => null,
        };

    /// <summary>Charset of the first text that names one this machine knows; null where none does.</summary>
    public static Encoding? CharsetOf(MimeEntity? entity) =>
        entity switch
        {
            Multipart multipart => multipart.Select(CharsetOf).FirstOrDefault(found => found is not null),
            TextPart { ContentType.Charset: { Length: > 0 } name } when Charset.TryFind(name, out var found) => found,
            _ => null,
        };

    private static Multipart? OfMultipart(Multipart multipart)
    {
        var copy = new Multipart(Word(multipart.ContentType.MediaSubtype) ?? "mixed");
        CopyFields(multipart, copy);
        CopyParameters(multipart.ContentType.Parameters, copy.ContentType.Parameters, "boundary", "charset");
        foreach (var child in multipart.Select(Of).OfType<MimeEntity>())
        {
            copy.Add(child);
        }

        return copy.Count == 0 ? null : copy;
    }

    private static MimePart OfPart(MimePart part)
    {
        var type = part.ContentType;
        var copy =
            part is TextPart
                ? new TextPart(Word(type.MediaSubtype) ?? "plain")
                : new MimePart(Word(type.MediaType) ?? "application", Word(type.MediaSubtype) ?? "octet-stream");
        CopyFields(part, copy);
        CopyParameters(type.Parameters, copy.ContentType.Parameters);
        var bytes = Decoded(part);
        if (copy is TextPart text)
        {
            bytes = Charset.Settle(text.ContentType, bytes);
        }
        else if (type.MediaType.Equals("message", StringComparison.OrdinalIgnoreCase))
        {
            bytes = Lines(Array.ConvertAll(bytes, b => b is < 0x80 and > 0 ? b : (byte)'?'));
        }

        copy.Content = new MimeContent(new MemoryStream(bytes));
        copy.ContentTransferEncoding = copy.GetBestEncoding(EncodingConstraint.SevenBit, MaxLine);
        return copy;
    }

    /// <summary>The bytes that the part stands for.</summary>
    public static byte[] Decoded(MimePart part)
    {
        using var bytes = new MemoryBlockStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>All line ends as CRLF.</summary>
    public static byte[] Lines(byte[] bytes) => new CrLf().Next(bytes).ToArray();

    private static void CopyFields(MimeEntity from, MimeEntity to)
    {
        foreach (var field in from.Headers.Where(field => Kept.Contains(field.Field)))
        {
            to.Headers.Add(field.Clone());
        }

        FieldCare.Mend(to.Headers, charset: null);
        if (from.ContentDisposition is { } disposition)
        {
            to.ContentDisposition = new ContentDisposition(Word(disposition.Disposition) ?? "inline");
            CopyParameters(disposition.Parameters, to.ContentDisposition.Parameters);
        }
    }

    private static void CopyParameters(ParameterList from, ParameterList to, params ReadOnlySpan<string> leftOut)
    {
        foreach (var parameter in from)
        {
            var value = FieldCare.OneLine(parameter.Value ?? "");
            if (Word(parameter.Name) is { } name && value.Length > 0 && !Has(leftOut, name) && !to.Contains(name))
            {
                to.Add(Encoding.UTF8, name, value);
            }
        }
    }

    private static bool Has(ReadOnlySpan<string> names, string name)
    {
        foreach (var one in names)
        {
            if (one.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A token of RFC 2045 section 5.1; null where it is none.</summary>
    private static string? Word(string? text) =>
        text is { Length: > 0 }
        && text.All(c => c is > ' ' and < '\x7f' && !"()<>@,;:\\\"/[]?=*'%".Contains(c, StringComparison.Ordinal))
            ? text
            : null;
}
