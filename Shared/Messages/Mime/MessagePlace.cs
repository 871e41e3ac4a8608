namespace TlsOrLink.Messages.Mime;

/// <summary>Bytes of a stream.</summary>
/// <param name="Begin">The first.</param>
/// <param name="End">The one behind the last.</param>
internal sealed record MessagePlace(long Begin, long End)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Copies them byte for byte: a message within a message may be signed.</summary>
    public async Task CopyAsync(Stream stream, Stream target, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        stream.Position = Begin;
        for (var left = End - Begin; left > 0; )
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation);
            left -= read > 0 ? read : left;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }
}
