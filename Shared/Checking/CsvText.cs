using System.Text;
using TlsOrLink.Messages;

namespace TlsOrLink.Checking;

/// <summary>Bytes of a CSV file to text.</summary>
internal static class CsvText
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>UTF-8 where it is, else Shift_JIS, as spreadsheets in Japan write it.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Charsets.Register();
            return Encoding.GetEncoding("shift_jis").GetString(bytes);
        }
    }
}
