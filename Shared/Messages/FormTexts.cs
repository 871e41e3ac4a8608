using System.Net.Http.Headers;
using System.Text;

namespace TlsOrLink.Messages;

/// <summary>Reads the short texts of a form. Pure but for the reading.</summary>
internal static class FormTexts
{
    private const int MaxShortText = 8192;
    private const int MaxPath = 100;
    private const int MaxBoundary = 70;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The boundary that a form's Content-Type names (RFC 2046 section 5.1.1: at most 70 characters).</summary>
    /// <exception cref="IntakeRefusal">It names none.</exception>
    public static string Boundary(string? contentType)
    {
        var parameter = MediaTypeHeaderValue
            .Parse(contentType!)
            .Parameters.FirstOrDefault(item => item.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase));
        return parameter?.Value?.Trim('"') is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary
            : throw IntakeRefusal.At("Content-Type", $"Names no boundary of 1 to {MaxBoundary} characters.");
    }

    /// <summary>What errors call the part.</summary>
    public static string PathOf(FormPart part) =>
        part.Name.Length is 0 or > MaxPath || Envelope.HasControl(part.Name) ? "$" : part.Name;

    /// <summary>A text that will stand in a header.</summary>
    /// <exception cref="IntakeRefusal">It cannot.</exception>
    public static async Task<string> HeaderAsync(FormPart part, CancellationToken cancellation)
    {
        var text = Decoded(part, await BytesAsync(part, MaxShortText, cancellation));
        return Envelope.HasControl(text)
            ? throw IntakeRefusal.At(part.Name, "A control character or line break stands in it. Take it out.")
            : text;
    }

    /// <summary>The name of a file; empty where there is none.</summary>
    /// <exception cref="IntakeRefusal">It cannot stand in a header.</exception>
    public static string FileName(FormPart part, string path) =>
        part.FileName is { } name && (Envelope.HasControl(name) || name.Length > MaxShortText)
            ? throw IntakeRefusal.At(path, "A control character stands in it, or it is too long.")
            : part.FileName ?? "";

    /// <summary>The whole part.</summary>
    /// <exception cref="IntakeRefusal">It is longer.</exception>
    public static async Task<byte[]> BytesAsync(FormPart part, int maxBytes, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        while (await part.Content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (bytes.Length + read > maxBytes)
            {
                throw IntakeRefusal.At(part.Name, $"Longer than {maxBytes} bytes.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>Bytes of a part as text.</summary>
    /// <exception cref="IntakeRefusal">They are not UTF-8.</exception>
    public static string Decoded(FormPart part, byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw IntakeRefusal.At(part.Name, "Not UTF-8.");
        }
    }
}
