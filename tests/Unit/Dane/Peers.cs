using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dane;

/// <summary>Certificates of a peer and the TLSA records that name them.</summary>
internal static class Peers
{
    public static readonly DateTimeOffset Now = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Authority(
        string name,
        X509Certificate2? issuer = null,
        bool isAuthority = true,
        int years = 1
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return Sign(request, key, issuer, years);
    }

    public static X509Certificate2 Leaf(X509Certificate2? issuer, string name = "mx.example", int years = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=other.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        return Sign(request, key, issuer, years);
    }

    public static TlsaRecord Record(byte usage, byte selector, byte matching, X509Certificate2 certificate)
    {
        var selected = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return new TlsaRecord(
            usage,
            selector,
            matching,
            matching switch
            {
                1 => SHA256.HashData(selected),
                2 => SHA512.HashData(selected),
                _ => selected,
            }
        );
    }

    /// <summary>Bit for bit the same certificate with one bit of its signature turned.</summary>
    public static X509Certificate2 WithBrokenSignature(X509Certificate2 certificate)
    {
        var bytes = certificate.RawData;
        bytes[^1] ^= 1;
        return X509CertificateLoader.LoadCertificate(bytes);
    }

    private static X509Certificate2 Sign(CertificateRequest request, ECDsa key, X509Certificate2? issuer, int years)
    {
        var (from, to) = (Now.AddYears(-2), Now.AddYears(years));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        var generator = X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);
        using var signed = request.Create(issuer.SubjectName, generator, from, to, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
