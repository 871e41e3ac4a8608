using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>A file that is recognised wherever it turns up, as base64 or bare.</summary>
internal sealed class KnownFile
{
    // What stands in one line of base64 of 76 characters (RFC 2045 section 6.8).
    private const int LineBytes = 57;

    public byte[] Bytes { get; } = RandomNumberGenerator.GetBytes(LineBytes * 100);

    /// <summary>How many bytes of the file the text (one character per byte) contains.</summary>
    public int BytesIn(string text) =>
        LineBytes
        * Bytes
            .Chunk(LineBytes)
            .Count(line =>
                text.Contains(Convert.ToBase64String(line), StringComparison.Ordinal)
                || text.Contains(Encoding.Latin1.GetString(line), StringComparison.Ordinal)
            );

    /// <summary>The file as the body of a MIME part.</summary>
    public string Lines() => string.Concat(Bytes.Chunk(LineBytes).Select(l => $"{Convert.ToBase64String(l)}\r\n"));
}
