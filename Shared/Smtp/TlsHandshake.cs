using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsOrLink.Smtp;

/// <summary>
/// TLS as this product needs it: 1.2 or newer, no resumption, no downloads, any certificate let through as evidence. Its level is judged
/// afterwards, before anything is sent.
/// </summary>
internal sealed class TlsHandshake(SmtpTarget target, TrustAnchors trust, TimeProvider clock) : IDisposable
{
    private SslStream? _stream;
    private CertificateEvidence? _certificate;
    private IReadOnlyList<byte[]> _chain = [];

    /// <summary>The secured stream; null until the handshake is done.</summary>
    public SslStream? Stream => _stream is { IsAuthenticated: true } ? _stream : null;

    /// <summary>What it showed; null until it is done.</summary>
    public TlsFacts? Facts =>
        Stream is { } stream && _certificate is { } certificate
            ? new TlsFacts(VersionOf(stream), stream.NegotiatedCipherSuite.ToString(), certificate, _chain)
            : null;

    /// <summary>Shakes hands over the stream.</summary>
    /// <exception cref="AuthenticationException">There is no TLS with this peer, or its name cannot be asked for.</exception>
    public async Task ShakeAsync(PeerStream peer, CancellationToken cancellation)
    {
        _stream = new SslStream(peer, leaveInnerStreamOpen: true);
        try
        {
            await _stream.AuthenticateAsClientAsync(NewOptions(), cancellation);
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            // .NET refuses names such as -mx.example, and certificates that do not parse: both are the peer's choice.
            throw new AuthenticationException("The peer's name or certificate is malformed.", malformed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private SslClientAuthenticationOptions NewOptions() =>
        new()
        {
            TargetHost = target.ServerName,
#pragma warning disable CA5398 // the product's rule is "1.2 or newer" whatever the system's setting
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
            AllowTlsResume = false, // .NET caches sessions by name: another server's certificate would be reported
            CertificateChainPolicy = trust.NewPolicy(clock.GetUtcNow()),
            RemoteCertificateValidationCallback = Examine,
        };

    private static string VersionOf(SslStream stream) =>
        stream.SslProtocol.ToString().Replace("Tls1", "TLSv1.", StringComparison.Ordinal);

    private bool Examine(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            return false;
        }

        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        _certificate = CertificateReading.Read(leaf, status, target.Host, clock.GetUtcNow());
        _chain =
        [
            leaf.RawData,
            .. chain
                .ChainPolicy.ExtraStore.Where(other => !other.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
                .Select(other => other.RawData),
        ];
        return true;
    }
}
