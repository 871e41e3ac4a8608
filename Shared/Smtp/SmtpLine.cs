using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Smtp;

/// <summary>All that belongs to one connection, to be given back together.</summary>
internal sealed class SmtpLine(
    SmtpTarget target,
    IPAddress address,
    Socket socket,
    IDisposable place,
    SmtpOptions options,
    TrustAnchors trust,
    TimeProvider clock
) : IDisposable
{
    /// <summary>The host that was dialled.</summary>
    public SmtpTarget Target => target;

    /// <summary>The very address.</summary>
    public IPAddress Address => address;

    /// <summary>For the clear part.</summary>
    public ClearClient Client { get; } = new(options.EhloName!);

    /// <summary>For the secured part.</summary>
    public TlsHandshake Tls { get; } = new(target, trust, clock);

    /// <summary>The socket's stream.</summary>
    public PeerStream Peer { get; } = new(socket, options.PeerBytes);

    /// <summary>For commands over TLS, or in the clear where there is none.</summary>
    public SmtpWire NewWire() => new(Tls.Stream is { } tls ? tls : Peer, Peer, clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tls.Dispose();
        Client.Dispose();
        Peer.Dispose();
        place.Dispose();
    }
}
