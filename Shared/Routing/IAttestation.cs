using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>What the transport of route <c>tls</c> promises of a way that we cannot see.</summary>
internal interface IAttestation
{
    /// <summary>It goes straight to the recipients' MX hosts and needs no promise.</summary>
    bool SeesItself { get; }

    /// <summary>The promised level, never more than <see cref="TlsLevel.Verified"/>; null for none.</summary>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    Task<TlsLevel?> FindAsync(CancellationToken cancellation);
}
