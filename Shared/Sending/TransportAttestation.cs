using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>A transport whose onward way nobody here can see, and what it promises of it.</summary>
internal interface IAttestingTransport : ITransport
{
    /// <summary><see cref="TlsLevel.Verified"/> where it promises to send on over verified TLS or not at all; null else. Kept for minutes.</summary>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    Task<TlsLevel?> FindPromiseAsync(CancellationToken cancellation);
}

/// <inheritdoc cref="IAttestation"/>
internal sealed class TransportAttestation(Transports transports) : IAttestation
{
    /// <inheritdoc/>
    public bool SeesItself => transports.KindOf(Route.Tls) == TransportKind.Direct;

    /// <inheritdoc/>
    public Task<TlsLevel?> FindAsync(CancellationToken cancellation) =>
        transports.Of(Route.Tls) is IAttestingTransport other
            ? other.FindPromiseAsync(cancellation)
            : Task.FromResult<TlsLevel?>(null);
}
