using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsOrLink.Tests.Kit.Certificates;

/// <summary>A certificate authority that only this test run trusts (EC P-256).</summary>
public sealed class PrivateAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PrivateAuthority(string name = "Kit Test CA")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The root certificate as PEM, for <c>SSL_CERT_FILE</c> and <c>Smtp__TrustBundle</c>.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>Issues a server certificate for names and IP addresses.</summary>
    public ServerCertificate Issue(params string[] names) => Issue(new CertificateWish(names));

    /// <summary>Issues whatever the wish says, the wrong things too.</summary>
    public ServerCertificate Issue(CertificateWish wish)
    {
        using var key = wish.NewKey();
        var request = wish.Request(key);
        if (wish.SelfSigned)
        {
            return new(request.CreateSelfSigned(wish.NotBefore, wish.NotAfter), []);
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false)
        );
        using var issued = request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            wish.NotBefore,
            wish.NotAfter,
            RandomNumberGenerator.GetBytes(12)
        );
        return new(
            key is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)key),
            [Certificate]
        );
    }

    /// <summary>A handler for HTTPS that trusts this authority and nothing else.</summary>
    public SocketsHttpHandler NewHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = NewPolicy() },
        };

    /// <summary>A client for HTTPS that trusts this authority and nothing else; does not follow redirects.</summary>
    public HttpClient NewClient() => new(NewHandler());

    /// <summary>A chain policy that trusts this authority and nothing else, and downloads nothing.</summary>
    public X509ChainPolicy NewPolicy() =>
        new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
