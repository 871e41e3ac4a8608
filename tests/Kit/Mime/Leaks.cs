using System.Text;
using MimeKit;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Finds bytes of files in mail that must not have them: any 60 in a row, raw, in base64 at any offset, or in any part once it is decoded.</summary>
public static class Leaks
{
    private const int Row = 60;

    /// <summary>One sentence per file of the sample that is found.</summary>
    public static IEnumerable<string> Of(MimeSample sample, byte[] mail, MimeMessage message)
    {
        byte[][] places = [mail, .. message.BodyParts.OfType<MimePart>().Select(Decoded)];
        var letters = Encoding.Latin1.GetBytes(
            string.Concat(Encoding.Latin1.GetString(mail).Where(c => c is not ('\r' or '\n' or ' ')))
        );
        foreach (var file in sample.Files)
        {
            if (places.Any(place => HasRow(place, file.Content)) || HasBase64(letters, file.Content))
            {
                yield return $"bytes of the file '{file.Name}' are in it";
            }
        }
    }

    /// <summary>What a part stands for.</summary>
    public static byte[] Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static bool HasBase64(byte[] letters, byte[] content) =>
        Enumerable
            .Range(0, 3)
            .Any(skip =>
                HasRow(letters, Encoding.ASCII.GetBytes(Convert.ToBase64String(content.AsSpan(skip)).TrimEnd('=')))
            );

    private static bool HasRow(ReadOnlySpan<byte> place, ReadOnlySpan<byte> content)
    {
        for (var i = 0; i + Row <= content.Length; i++)
        {
            if (place.IndexOf(content.Slice(i, Row)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
