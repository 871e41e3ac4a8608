namespace TlsOrLink.Messages;

/// <summary>A request's body that ends in 413 where it is larger than allowed.</summary>
internal sealed class LimitedBody(Stream body, long maxBytes) : ReadOnlyStream
{
    private long read;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => Count(await body.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    private int Count(int count)
    {
        read += count;
        return read > maxBytes ? throw IntakeRefusal.TooLarge(maxBytes) : count;
    }
}
