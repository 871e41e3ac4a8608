namespace TlsOrLink.Screening.Reading;

/// <summary>Takes a decoded file: its begin is kept, the rest only counted.</summary>
internal sealed class FileBytes(int maxKept) : Stream
{
    private readonly MemoryStream kept = new();

    /// <summary>Size of the file.</summary>
    public long Bytes { get; private set; }

    /// <summary>The file, or its begin where it is longer than is kept.</summary>
    public ReadOnlyMemory<byte> Begin => kept.GetBuffer().AsMemory(0, (int)kept.Length);

    /// <summary>All of it is kept.</summary>
    public bool IsWhole => Bytes == kept.Length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Bytes;

    public override long Position
    {
        get => Bytes;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Bytes += buffer.Length;
        kept.Write(buffer[..(int)Math.Min(buffer.Length, maxKept - kept.Length)]);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kept.Dispose();
        }

        base.Dispose(disposing);
    }
}
