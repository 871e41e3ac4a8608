namespace TlsOrLink.Links;

/// <summary>
/// Lets a writer that ends its entries synchronously (<see cref="System.IO.Compression.ZipArchive"/> does, with a few bytes each) write to a
/// connection that takes asynchronous writes only: what it writes so waits for the next asynchronous write, or for the end.
/// </summary>
internal sealed class LateWrites(Stream inner) : Stream
{
    private readonly MemoryStream waiting = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => waiting.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => waiting.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await SettleAsync(cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush()
    {
        // Nothing is kept back but what waits for an asynchronous write.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            waiting.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        if (waiting.Length > 0)
        {
            await inner.WriteAsync(waiting.GetBuffer().AsMemory(0, (int)waiting.Length), cancellation);
            waiting.SetLength(0);
        }
    }
}
