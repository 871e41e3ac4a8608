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
    private readonly StartTlsClient _client = new(target, options.EhloName!, trust, clock);

    /// <summary>The host that was dialled.</summary>
    public SmtpTarget Target => target;

    /// <summary>The very address.</summary>
    public IPAddress Address => address;

    /// <summary>MailKit's client.</summary>
    public StartTlsClient Client => _client;

    /// <summary>The socket's stream.</summary>
    public PeerStream Peer { get; } = new(socket, options.PeerBytes);

    /// <summary>For commands after the connection stands.</summary>
    public SmtpWire NewWire() => new(_client.Tls is { } tls ? tls : Peer, Peer, clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        Peer.Dispose();
        place.Dispose();
    }
}
