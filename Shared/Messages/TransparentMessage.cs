using System.Buffers;
using System.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>
/// A stored message as it goes out over TLS: byte for byte as it came in, but for header fields that must not go (<c>Bcc</c>,
/// <c>Resent-Bcc</c>, <c>TLS-Required</c>), line ends, which are all CRLF (a bare CR or LF could smuggle a second message), and what is
/// prepended. Streaming: holds one piece.
/// </summary>
/// <param name="source">The stored message; disposed with this.</param>
/// <param name="prepend">Whole header lines, each with its CRLF, such as <c>Received</c>; or empty.</param>
internal sealed class TransparentMessage(Stream source, string prepend) : ReadOnlyStream
{
    private byte[] input = ArrayPool<byte>.Shared.Rent(1 << 15);
    private readonly CrLf lines = new();
    private readonly HeaderFilter filter = new();
    private ReadOnlyMemory<byte> ready = Encoding.UTF8.GetBytes(prepend);
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (ready.Length == 0 && !ended)
        {
            Accept(await source.ReadAsync(input, cancellationToken));
        }

        return Give(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (ready.Length == 0 && !ended)
        {
            Accept(source.Read(input, 0, input.Length));
        }

        return Give(buffer.AsSpan(offset, count));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            if (Interlocked.Exchange(ref input, []) is { Length: > 0 } rented)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        base.Dispose(disposing);
    }

    private void Accept(int read)
    {
        ended = read == 0;
        ready = ended ? filter.End() : filter.Next(lines.Next(input.AsMemory(0, read)));
    }

    private int Give(Span<byte> buffer)
    {
        var take = Math.Min(buffer.Length, ready.Length);
        ready.Span[..take].CopyTo(buffer);
        ready = ready[take..];
        return take;
    }
}
