namespace TlsOrLink.Messages;

/// <summary>A run of bytes of a message: blocks that are staged, then what is still held in memory.</summary>
/// <param name="stage">Stages a block and gives its id.</param>
/// <param name="expected">About its size; 0 for not known. A caller's word, so that little is taken for it alone.</param>
internal sealed class StagedSection(
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<string>> stage,
    long expected = 0
)
{
    private const int LeastBytes = 4096;
    private const int MostForAWord = 80_000;

    private readonly List<string> staged = [];
    private byte[] held = [];
    private int heldLength;
    private long stagedLength;

    /// <summary>Size so far.</summary>
    public long Bytes => stagedLength + heldLength;

    /// <summary>Bytes in memory.</summary>
    public int HeldBytes => heldLength;

    /// <summary>Adds bytes; stages a block when one is full.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            var take = Math.Min(bytes.Length, StagedContent.BlockBytes - heldLength);
            Hold(bytes.Span[..take]);
            bytes = bytes[take..];
            if (heldLength == StagedContent.BlockBytes)
            {
                await FlushAsync(cancellation);
            }
        }
    }

    /// <summary>Adds bytes that stay in memory until the end: for little things such as headers.</summary>
    public void Hold(ReadOnlySpan<byte> bytes)
    {
        if (held.Length < heldLength + bytes.Length)
        {
            var more = held.Length == 0 ? (int)Math.Clamp(expected, LeastBytes, MostForAWord) : held.Length * 2;
            Array.Resize(ref held, Math.Max(heldLength + bytes.Length, more));
        }

        bytes.CopyTo(held.AsSpan(heldLength));
        heldLength += bytes.Length;
    }

    /// <summary>Stages what is held.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (heldLength > 0)
        {
            staged.Add(await stage(held.AsMemory(0, heldLength), cancellation));
            stagedLength += heldLength;
            heldLength = 0;
        }
    }

    /// <summary>The blocks in order, then what is held.</summary>
    public IEnumerable<(string? BlockId, ReadOnlyMemory<byte> Held)> Pieces() =>
        [
            .. staged.Select(id => ((string?)id, ReadOnlyMemory<byte>.Empty)),
            .. heldLength > 0
                ? [((string?)null, held.AsMemory(0, heldLength))]
                : Array.Empty<(string?, ReadOnlyMemory<byte>)>(),
        ];
}
