using System.Buffers.Text;

namespace TlsOrLink.Messages.Mime;

/// <summary>Encodes bytes that come in pieces as base64 in lines of 76 characters (RFC 2045 section 6.8) into a section.</summary>
internal sealed class Base64Lines(StagedSection section)
{
    /// <summary>Bytes of a whole line.</summary>
    public const int LineBytes = 57;

    /// <summary>What they become, with CRLF.</summary>
    public const int LineCharacters = 76 + 2;

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

    /// <summary>Encodes whole lines, or the last of all, each with CRLF.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> lines)
    {
        var length = 0;
        for (var at = 0; at < bytes.Length; at += LineBytes)
        {
            Base64.EncodeToUtf8(
                bytes.Slice(at, Math.Min(LineBytes, bytes.Length - at)),
                lines[length..],
                out _,
                out var written
            );
            length += written;
            "\r\n"u8.CopyTo(lines[length..]);
            length += 2;
        }

        return length;
    }

    private int Encode()
    {
        var length = Encode(input.AsSpan(0, held), output);
        held = 0;
        return length;
    }
}
