using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>The charset that a text really has, where the message says another or none.</summary>
internal static class Charset
{
    /// <summary>Finds a charset by the name that messages use.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Encoding? charset)
    {
        try
        {
            charset = Encoding.GetEncoding(name.Trim('"', '\'', ' '));
            return true;
        }
        catch (ArgumentException)
        {
            charset = null;
            return false;
        }
    }

    /// <summary>Sets the charset where it is missing or cannot be true, and makes all line ends CRLF.</summary>
    /// <param name="type">Of a text part; its <c>charset</c> may be changed.</param>
    /// <param name="bytes">The text, decoded from its transfer encoding.</param>
    /// <returns>The text in the charset that <paramref name="type"/> has now.</returns>
    public static byte[] Settle(ContentType type, byte[] bytes)
    {
        var name = type.Charset ?? "";
        var known = TryFind(name, out var charset);
        if (known && IsWide(charset!))
        {
            // Line ends and lines are those of bytes in mail (RFC 2046 section 4.1.1).
            type.Charset = "utf-8";
            return SoundBody.Lines(Encoding.UTF8.GetBytes(charset!.GetString(bytes).TrimStart('\ufeff')));
        }

        if (!known || charset!.CodePage == Encoding.ASCII.CodePage)
        {
            var guess = Guess(bytes);
            type.Charset = guess ?? (name.Length > 0 && known ? name : "us-ascii");
        }

        return SoundBody.Lines(bytes);
    }

    /// <summary>Null for what is ASCII.</summary>
    private static string? Guess(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\x1b$"u8) >= 0 ? "iso-2022-jp"
        : Ascii.IsValid(bytes) ? null
        : Utf8.IsValid(bytes) ? "utf-8"
        : "windows-1252";

    private static bool IsWide(Encoding charset) => charset.GetByteCount("\n") > 1;
}
