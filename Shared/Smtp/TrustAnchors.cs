using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Smtp;

/// <summary>The roots that certificates are checked against: the configured bundle, else the system's store.</summary>
internal sealed class TrustAnchors : IDisposable
{
    private readonly X509Certificate2Collection? _bundle;

    public TrustAnchors(IOptions<SmtpOptions> options)
    {
        if (options.Value.TrustBundle is { Length: > 0 } path)
        {
            _bundle = [];
            _bundle.ImportFromPemFile(path);
        }
    }

    /// <summary>
    /// A policy for one chain. Nothing that the peer's certificate names is fetched (AIA, CRL, OCSP): the peer would choose which
    /// URL this server asks. New each time, since SslStream adds the peer's certificates to it.
    /// </summary>
    public X509ChainPolicy NewPolicy(DateTimeOffset at)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = at.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1")); // serverAuth
        if (_bundle is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_bundle);
        }

        return policy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var certificate in _bundle ?? [])
        {
            certificate.Dispose();
        }
    }
}
