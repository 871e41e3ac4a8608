using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsOrLink.Tests.Kit.Certificates;

/// <summary>What a certificate shall be like. The default is a good one: valid from yesterday for 30 days.</summary>
/// <param name="Names">DNS names, wildcards and IP addresses of the subjectAltName; the first is the common name too.</param>
public sealed record CertificateWish(params string[] Names)
{
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UtcNow.AddDays(-1);

    public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.UtcNow.AddDays(30);

    /// <summary>Signed by its own key instead of by the authority.</summary>
    public bool SelfSigned { get; init; }

    /// <summary>An RSA key of 1024 bits, which OpenSSL's default security level refuses.</summary>
    public bool Weak { get; init; }

    /// <summary>A URL in authorityInfoAccess, from which a careless client downloads the issuer.</summary>
    public string? IssuerUrl { get; init; }

    public static CertificateWish Expired(params string[] names) =>
        new(names) { NotBefore = DateTimeOffset.UtcNow.AddDays(-60), NotAfter = DateTimeOffset.UtcNow.AddDays(-1) };

    public static CertificateWish NotYetValid(params string[] names) =>
        new(names) { NotBefore = DateTimeOffset.UtcNow.AddDays(2), NotAfter = DateTimeOffset.UtcNow.AddDays(30) };

    internal AsymmetricAlgorithm NewKey() => Weak ? RSA.Create(1024) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal CertificateRequest Request(AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={Names[0]}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={Names[0]}", (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (IssuerUrl is { } url)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [url]));
        }

        return request;
    }
}
