using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Downgrade;

/// <summary>One message to one domain, with a body and a file that nobody else has.</summary>
/// <param name="Recipient">In a domain of its own.</param>
/// <param name="HasPolicy">The domain demands TLS by MTA-STS or DANE.</param>
internal sealed record DowngradeRun(string Recipient, bool HasPolicy)
{
    // What stands in one line of base64 of 76 characters (RFC 2045 section 6.8).
    private const int LineBytes = 57;
    private const int Lines = 4;
    private const int CanaryBytes = 24;

    /// <summary>Of body and file.</summary>
    public const int Bytes = (2 * CanaryBytes) + (LineBytes * Lines);

    private readonly string canary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CanaryBytes));
    private readonly byte[] file = RandomNumberGenerator.GetBytes(LineBytes * Lines);

    public Letter Letter => new(Recipient) { Text = $"Only for you: {canary}, and nobody else.", File = file };

    /// <summary>How many bytes of the body and of the file the text (one character per byte) has, bare or in base64 at any offset.</summary>
    public int BytesIn(string text) =>
        (InBase64().Append(canary).Any(form => Has(text, form)) ? canary.Length : 0)
        + (
            LineBytes
            * file.Chunk(LineBytes)
                .Count(line => Has(text, Encoding.Latin1.GetString(line)) || Has(text, Convert.ToBase64String(line)))
        );

    // The letters that the bytes around the canary have no part in.
    private IEnumerable<string> InBase64() =>
        Enumerable
            .Range(0, 3)
            .Select(skip => Convert.ToBase64String(Encoding.ASCII.GetBytes(canary[skip..(skip + 42)])));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
