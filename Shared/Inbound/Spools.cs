namespace TlsOrLink.Inbound;

/// <summary>What this process has put aside on its disk, of all requests together.</summary>
internal sealed class Spools
{
    /// <summary>A small plan has half a gigabyte for temporary files.</summary>
    public const long MostBytes = 256L << 20;

    private long reserved;

    /// <summary>Bytes that are put aside.</summary>
    public long Bytes => Volatile.Read(ref reserved);

    /// <returns>False where it is too much; nothing is reserved then.</returns>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref reserved, bytes) <= MostBytes)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref reserved, -bytes);
}
