using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Certificates;

/// <summary>A certificate with its key and the chain that a server sends after it.</summary>
public sealed record ServerCertificate(X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Chain)
{
    public string CertificatePem =>
        string.Join('\n', Chain.Prepend(Certificate).Select(c => c.ExportCertificatePem())) + "\n";

    public string KeyPem =>
        Certificate.GetECDsaPrivateKey() is { } ec
            ? ec.ExportPkcs8PrivateKeyPem()
            : Certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>SHA-256 of the whole certificate: a TLSA record with selector 0 and matching type 1 (RFC 6698).</summary>
    public string Sha256 => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>SHA-256 of the public key: a TLSA record with selector 1 and matching type 1 (RFC 6698).</summary>
    public string KeySha256 => Convert.ToHexString(SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>Writes <c>NAME.crt</c> (with the chain) and <c>NAME.key</c> into the folder.</summary>
    public (string CertificateFile, string KeyFile) WriteTo(TempFolder folder, string name)
    {
        var (certificate, key) = (folder.File("tls", $"{name}.crt"), folder.File("tls", $"{name}.key"));
        File.WriteAllText(certificate, CertificatePem);
        File.WriteAllText(key, KeyPem);
        return (certificate, key);
    }
}
