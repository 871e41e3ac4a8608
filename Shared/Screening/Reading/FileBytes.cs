namespace TlsOrLink.Screening.Reading;

/// <summary>Takes a decoded file: as much of its begin as somebody will read is kept, the rest only counted.</summary>
/// <param name="maxKept">Most bytes that are kept.</param>
/// <param name="needsMore">Judges by the begin whether more of it will be read; null for yes.</param>
/// <param name="expected">About its size, so that memory is taken once; 0 for not known.</param>
internal sealed class FileBytes(int maxKept, Predicate<ReadOnlyMemory<byte>>? needsMore = null, long expected = 0)
    : Stream
{
    private const int Large = 1 << 20;
    private byte[] kept = [];
    private int length;
    private bool isJudged;
    private bool isFull;

    /// <summary>Size of the file.</summary>
    public long Bytes { get; private set; }

    /// <summary>The file, or its begin where nobody needs more or it is longer than is kept.</summary>
    public ReadOnlyMemory<byte> Begin => kept.AsMemory(0, length);

    /// <summary>Nothing of it was left out because it is too long.</summary>
    public bool IsWhole => Bytes <= maxKept;

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
        while (buffer.Length > 0 && !isFull)
        {
            var limit = isJudged ? maxKept : Math.Min(maxKept, PlainText.Sample);
            var take = Math.Min(buffer.Length, limit - length);
            Keep(buffer[..take]);
            buffer = buffer[take..];
            if (length == limit)
            {
                isFull = limit == maxKept || !(needsMore?.Invoke(Begin) ?? true);
                isJudged = true;
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var needed = length + bytes.Length;
        if (kept.Length < needed)
        {
            var more = Math.Max(needed, 2L * kept.Length);
            more =
                kept.Length >= Large ? Math.Max(more, expected) : Math.Max(more, Math.Min(expected, PlainText.Sample));
            Array.Resize(ref kept, (int)Math.Min(maxKept, more));
        }

        bytes.CopyTo(kept.AsSpan(length));
        length = needed;
    }
}
