using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>Texts without a word on their charset. Pure.</summary>
internal static class PlainText
{
    /// <summary>So much of a text tells its charset.</summary>
    public const int Sample = 1 << 16;

    private const int Piece = 1 << 13;

    /// <summary>The charset that the bytes look like; null where they are no text.</summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, Sample)];
        if (Marked(head) is { } marked)
        {
            return marked;
        }

        if (head.IndexOf((byte)0) >= 0)
        {
            return OfWide(head);
        }

        if (head.IndexOf("\u001b$"u8) >= 0 && Ascii.IsValid(head))
        {
            return Encoding.GetEncoding("iso-2022-jp");
        }

        if (Controls(head) > head.Length / 50)
        {
            return null;
        }

        return IsUtf8(head) ? Encoding.UTF8 : OfJapanese(head);
    }

    /// <summary>Reads the bytes into <paramref name="scan"/>.</summary>
    public static void Read(ReadOnlyMemory<byte> bytes, Encoding encoding, TextScan scan)
    {
        var decoder = encoding.GetDecoder();
        var characters = new char[Piece + 64];
        for (var rest = bytes; ; rest = rest[Math.Min(Piece, rest.Length)..])
        {
            var piece = rest.Span[..Math.Min(Piece, rest.Length)];
            var count = decoder.GetChars(piece, characters, flush: piece.Length == rest.Length);
            scan.Append(characters.AsSpan(0, count));
            if (piece.Length == rest.Length)
            {
                return;
            }
        }
    }

    private static Encoding? Marked(ReadOnlySpan<byte> head) =>
        head.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8
        : head.StartsWith(Encoding.UTF32.Preamble) ? Encoding.UTF32
        : head.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
        : head.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
        : null;

    /// <summary>UTF-16 without a mark: of ASCII every other byte is zero.</summary>
    private static Encoding? OfWide(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0)
            {
                (even, odd) = i % 2 == 0 ? (even + 1, odd) : (even, odd + 1);
            }
        }

        return odd > head.Length / 16 && even <= odd / 16 ? Encoding.Unicode
            : even > head.Length / 16 && odd <= even / 16 ? Encoding.BigEndianUnicode
            : null;
    }

    private static int Controls(ReadOnlySpan<byte> head)
    {
        var count = 0;
        foreach (var b in head)
        {
            count += b is < 0x20 and not (0x09 or 0x0a or 0x0c or 0x0d or 0x1b) ? 1 : 0;
        }

        return count;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        // The sample may end within a character.
        for (var cut = 0; cut <= Math.Min(3, head.Length); cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Shift_JIS or EUC-JP, whichever has fewer bytes that mean nothing; null where both have many.</summary>
    private static Encoding? OfJapanese(ReadOnlySpan<byte> head)
    {
        var (shift, euc) = (Encoding.GetEncoding(932), Encoding.GetEncoding(51932));
        var (wrongShift, wrongEuc) = (Wrong(head, shift), Wrong(head, euc));
        return Math.Min(wrongShift, wrongEuc) > head.Length / 20 ? null
            : wrongEuc < wrongShift ? euc
            : shift;
    }

    private static int Wrong(ReadOnlySpan<byte> head, Encoding encoding)
    {
        var wrong = 0;
        foreach (var c in encoding.GetString(head))
        {
            // Half-width katakana is what Shift_JIS makes of EUC-JP.
            wrong += c is '\ufffd' or '\u30fb' or (>= '\uff61' and <= '\uff9f') or (>= '\ue000' and <= '\uf8ff')
                ? 1
                : 0;
        }

        return wrong;
    }
}
