namespace TlsOrLink.Messages;

/// <summary>A stream that is read from any place: whoever derives from it gives <see cref="Length"/>, and reads at <see cref="Position"/>.</summary>
internal abstract class SeekableStream : ReadOnlyStream
{
    public override bool CanSeek => true;

    public abstract override long Length { get; }

    public override long Position { get; set; }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };
}
