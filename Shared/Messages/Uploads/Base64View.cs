using TlsOrLink.Faults;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages.Uploads;

/// <summary>Bytes as base64 in lines of 76 characters (RFC 2045 section 6.8), encoded where they are read. Every line ends with CRLF.</summary>
/// <param name="source">Seekable; not disposed.</param>
/// <param name="bytes">Its size.</param>
internal sealed class Base64View(Stream source, long bytes) : Stream
{
    private const int Lines = 512;
    private readonly byte[] input = new byte[Base64Lines.LineBytes * Lines];
    private readonly byte[] output = new byte[Base64Lines.LineCharacters * Lines];
    private long outputAt;
    private int outputLength;
    private long position;

    /// <summary>Characters that so many bytes become.</summary>
    public static long LengthOf(long bytes) =>
        (bytes / Base64Lines.LineBytes * Base64Lines.LineCharacters)
        + (bytes % Base64Lines.LineBytes is > 0 and var rest ? ((rest + 2) / 3 * 4) + 2 : 0);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => LengthOf(bytes);

    public override long Position
    {
        get => position;
        set => position = value;
    }

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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!IsReady())
        {
            var wanted = Wanted();
            Accept(source.ReadAtLeast(wanted.Span, wanted.Length, throwOnEndOfStream: false), wanted.Length);
        }

        return Give(buffer.AsSpan(offset, count));
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool IsReady() => position >= Length || (position >= outputAt && position < outputAt + outputLength);

    /// <summary>Goes to the line that the position is in.</summary>
    private Memory<byte> Wanted()
    {
        var line = position / Base64Lines.LineCharacters;
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
        if (position >= Length)
        {
            return 0;
        }

        var at = (int)(position - outputAt);
        var take = Math.Min(buffer.Length, outputLength - at);
        output.AsSpan(at, take).CopyTo(buffer);
        position += take;
        return take;
    }
}
