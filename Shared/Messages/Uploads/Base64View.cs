using TlsOrLink.Faults;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages.Uploads;

/// <summary>Bytes as base64 in lines of 76 characters (RFC 2045 section 6.8), encoded where they are read. Every line ends with CRLF.</summary>
/// <param name="source">Seekable; not disposed.</param>
/// <param name="bytes">Its size.</param>
internal sealed class Base64View(Stream source, long bytes) : SeekableStream
{
    private const int Lines = 512;
    private readonly byte[] input = new byte[Base64Lines.LineBytes * Lines];
    private readonly byte[] output = new byte[Base64Lines.LineCharacters * Lines];
    private long outputAt;
    private int outputLength;

    /// <summary>Characters that so many bytes become.</summary>
    public static long LengthOf(long bytes) =>
        (bytes / Base64Lines.LineBytes * Base64Lines.LineCharacters)
        + (bytes % Base64Lines.LineBytes is > 0 and var rest ? ((rest + 2) / 3 * 4) + 2 : 0);

    public override long Length => LengthOf(bytes);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsReady())
        {
            var wanted = Wanted();
            var read = await source.ReadAtLeastAsync(wanted, wanted.Length, false, cancellationToken);
            Accept(read, wanted.Length);
        }

        return Give(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!IsReady())
        {
            var wanted = Wanted();
            Accept(source.ReadAtLeast(wanted.Span, wanted.Length, throwOnEndOfStream: false), wanted.Length);
        }

        return Give(buffer.AsSpan(offset, count));
    }

    private bool IsReady() => Position >= Length || (Position >= outputAt && Position < outputAt + outputLength);

    /// <summary>Goes to the line that the position is in.</summary>
    private Memory<byte> Wanted()
    {
        var line = Position / Base64Lines.LineCharacters;
        (outputAt, outputLength) = (line * Base64Lines.LineCharacters, 0);
        source.Position = line * Base64Lines.LineBytes;
        return input.AsMemory(0, (int)Math.Min(input.Length, bytes - source.Position));
    }

    private void Accept(int read, int wanted) =>
        outputLength =
            read == wanted
                ? Base64Lines.Encode(input.AsSpan(0, read), output)
                : throw new PermanentFault("An uploaded file is shorter than it was.");

    private int Give(Span<byte> buffer)
    {
        if (Position >= Length)
        {
            return 0;
        }

        var at = (int)(Position - outputAt);
        var take = Math.Min(buffer.Length, outputLength - at);
        output.AsSpan(at, take).CopyTo(buffer);
        Position += take;
        return take;
    }
}
