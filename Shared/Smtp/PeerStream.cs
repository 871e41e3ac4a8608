using System.Net.Sockets;

namespace TlsOrLink.Smtp;

/// <summary>The peer sent more than it may.</summary>
internal sealed class PeerFloodException() : IOException("The peer sent more bytes than it is allowed.");

/// <summary>Clear bytes came after the 220 to STARTTLS.</summary>
internal sealed class StartTlsInjectionException() : IOException("Clear bytes followed the 220 reply to STARTTLS.");

/// <summary>The socket with a cap on what the peer may send, watched around STARTTLS. Asynchronous only.</summary>
internal sealed class PeerStream(Socket socket, long allowance) : Stream
{
    private readonly NetworkStream _network = new(socket, ownsSocket: true);
    private long _allowance = allowance;

    public StartTlsWatch Watch { get; } = new();

    /// <summary>The peer closed its side.</summary>
    public bool Ended { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on the peer may send so many bytes.</summary>
    public void Allow(long bytes) => _allowance = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _network.ReadAsync(buffer, cancellationToken);
        Ended |= read == 0 && buffer.Length > 0;
        _allowance -= read;
        if (_allowance < 0)
        {
            throw new PeerFloodException();
        }

        Watch.OnRead(buffer.Span[..read]);
        return Watch.Injected ? throw new StartTlsInjectionException() : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Watch.OnWrite(buffer.Span);
        return _network.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }
}
