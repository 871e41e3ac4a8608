namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>A stream that gives its bytes in pieces of chosen sizes, over and over.</summary>
internal sealed class Pieces(byte[] bytes, params int[] sizes) : Stream
{
    private int position;
    private int turn;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => bytes.Length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var size = sizes.Length == 0 ? count : Math.Max(1, sizes[turn++ % sizes.Length]);
        var take = Math.Min(Math.Min(size, count), bytes.Length - position);
        bytes.AsSpan(position, take).CopyTo(buffer.AsSpan(offset));
        position += take;
        return take;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var copy = new byte[buffer.Length];
        var read = Read(copy, 0, copy.Length);
        copy.AsSpan(0, read).CopyTo(buffer.Span);
        return new ValueTask<int>(read);
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
