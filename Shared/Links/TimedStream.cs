using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Bytes that can be read until an instant: whoever reads slowly on purpose must not have a file long after its link was taken back.</summary>
/// <param name="inner">The bytes; disposed of with this.</param>
/// <param name="end">From then on every read fails.</param>
/// <param name="time">Tells the time.</param>
internal sealed class TimedStream(Stream inner, DateTimeOffset end, TimeProvider time) : ReadOnlyStream
{
    public override bool CanSeek => inner.CanSeek;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    /// <exception cref="TransientFault">The time is over.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfOver();
        return inner.Read(buffer, offset, count);
    }

    /// <exception cref="TransientFault">The time is over.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        return inner.ReadAsync(buffer, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowIfOver()
    {
        if (time.GetUtcNow() >= end)
        {
            throw new TransientFault("The time of a download is over.");
        }
    }
}
