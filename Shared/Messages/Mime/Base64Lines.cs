using System.Buffers.Text;

namespace TlsOrLink.Messages.Mime;

/// <summary>Encodes bytes that come in pieces as base64 in lines of 76 characters (RFC 2045 section 6.8) into a section.</summary>
internal sealed class Base64Lines(StagedSection section)
{
    private const int LineBytes = 57;
    private const int LineCharacters = 76 + 2;
    private const int Lines = 256;
    private readonly byte[] input = new byte[LineBytes * Lines];
    private readonly byte[] output = new byte[LineCharacters * Lines];
    private int held;

    /// <summary>Bytes taken so far, before encoding.</summary>
    public long Bytes { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Bytes += bytes.Length;
        while (bytes.Length > 0)
        {
            var take = Math.Min(bytes.Length, input.Length - held);
            bytes[..take].CopyTo(input.AsMemory(held));
            held += take;
            bytes = bytes[take..];
            if (held == input.Length)
            {
                await section.WriteAsync(output.AsMemory(0, Encode()), cancellation);
            }
        }
    }

    /// <summary>Writes what is left. Every line, the last too, ends with CRLF.</summary>
    public ValueTask EndAsync(CancellationToken cancellation) =>
        section.WriteAsync(output.AsMemory(0, Encode()), cancellation);

    private int Encode()
    {
        var length = 0;
        for (var at = 0; at < held; at += LineBytes)
        {
            Base64.EncodeToUtf8(
                input.AsSpan(at, Math.Min(LineBytes, held - at)),
                output.AsSpan(length),
                out _,
                out var written
            );
            length += written;
            "\r\n"u8.CopyTo(output.AsSpan(length));
            length += 2;
        }

        held = 0;
        return length;
    }
}
