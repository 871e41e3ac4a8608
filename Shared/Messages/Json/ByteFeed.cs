namespace TlsOrLink.Messages.Json;

/// <summary>A stream as a window of bytes that moves on.</summary>
internal sealed class ByteFeed(Stream stream, int bufferBytes = 1 << 16)
{
    private readonly byte[] buffer = new byte[bufferBytes];
    private int start;
    private int end;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>What was read and not yet taken.</summary>
    public ReadOnlyMemory<byte> Window => buffer.AsMemory(start, end - start);

    /// <summary>The next byte, not taken; -1 at the end.</summary>
    public ValueTask<int> PeekAsync(CancellationToken cancellation) =>
        start < end ? new ValueTask<int>(buffer[start]) : FillAndPeekAsync(cancellation);

    /// <summary>Takes <paramref name="count"/> bytes of <see cref="Window"/>.</summary>
    public void Take(int count)
    {
        start += count;
        Position += count;
    }

    private async ValueTask<int> FillAndPeekAsync(CancellationToken cancellation)
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellation);
        return end == 0 ? -1 : buffer[0];
    }
}
