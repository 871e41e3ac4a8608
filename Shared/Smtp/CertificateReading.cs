using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Domains;

namespace TlsOrLink.Smtp;

/// <summary>Reads a presented certificate into evidence. Pure: no network, no store.</summary>
internal static class CertificateReading
{
    private const int MinRsaBits = 2048;
    private const int MinEcBits = 256;
    private const int MaxName = 256;

    private static readonly (X509ChainStatusFlags Flag, string Slug)[] ChainSlugs =
    [
        (X509ChainStatusFlags.UntrustedRoot, CertificateErrors.UntrustedRoot),
        (X509ChainStatusFlags.PartialChain, CertificateErrors.UntrustedRoot),
        (X509ChainStatusFlags.HasWeakSignature, CertificateErrors.WeakSignature),
        (X509ChainStatusFlags.NotValidForUsage, CertificateErrors.WrongPurpose),
    ];

    private const X509ChainStatusFlags Named =
        X509ChainStatusFlags.UntrustedRoot
        | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.HasWeakSignature
        | X509ChainStatusFlags.NotValidForUsage
        | X509ChainStatusFlags.NotTimeValid;

    /// <summary>The evidence of a leaf in its built chain.</summary>
    /// <param name="leaf">As presented.</param>
    /// <param name="chain">Status of the chain and of each of its certificates.</param>
    /// <param name="host">The MX host name, which must stand in the certificate as a dNSName (RFC 9525 section 6; a common name is ignored).</param>
    /// <param name="at">When it is judged.</param>
    public static CertificateEvidence Read(
        X509Certificate2 leaf,
        X509ChainStatusFlags chain,
        string host,
        DateTimeOffset at
    )
    {
        var (start, end) = (UtcOf(leaf.NotBefore), UtcOf(leaf.NotAfter));
        return new(
            Cut(leaf.Subject),
            Cut(leaf.Issuer),
            start,
            end,
            Convert.ToHexStringLower(SHA256.HashData(leaf.RawDataMemory.Span)),
            [.. Errors(leaf, chain, host, isEarly: at < start, isLate: at > end).Distinct(StringComparer.Ordinal)]
        );
    }

    private static IEnumerable<string> Errors(
        X509Certificate2 leaf,
        X509ChainStatusFlags chain,
        string host,
        bool isEarly,
        bool isLate
    )
    {
        foreach (var (_, slug) in ChainSlugs.Where(pair => chain.HasFlag(pair.Flag)))
        {
            yield return slug is CertificateErrors.UntrustedRoot && IsSelfSigned(leaf)
                ? CertificateErrors.SelfSigned
                : slug;
        }

        if (chain.HasFlag(X509ChainStatusFlags.NotTimeValid) || isEarly || isLate)
        {
            yield return isEarly ? CertificateErrors.NotYetValid : CertificateErrors.Expired;
        }

        if ((chain & ~Named) != X509ChainStatusFlags.NoError)
        {
            yield return CertificateErrors.InvalidChain;
        }

        if (!leaf.NamesHost(host))
        {
            yield return CertificateErrors.NameMismatch;
        }

        if (HasWeakKey(leaf))
        {
            yield return CertificateErrors.WeakKey;
        }

        if (HasWeakSignature(leaf))
        {
            yield return CertificateErrors.WeakSignature;
        }
    }

    private static DateTimeOffset UtcOf(DateTime local) => new(local.ToUniversalTime());

    private static bool IsSelfSigned(X509Certificate2 leaf) =>
        leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData);

    private static bool HasWeakKey(X509Certificate2 leaf)
    {
        try
        {
            using var rsa = leaf.GetRSAPublicKey();
            using var ecdsa = leaf.PublicKey.GetECDsaPublicKey();
            return rsa is { KeySize: < MinRsaBits } || ecdsa is { KeySize: < MinEcBits };
        }
        catch (Exception unread) when (unread is CryptographicException or PlatformNotSupportedException)
        {
            return true; // a key that cannot be read, such as a compressed point, cannot be relied on
        }
    }

    private static bool HasWeakSignature(X509Certificate2 leaf) =>
        !IsSelfSigned(leaf)
        && leaf.SignatureAlgorithm.Value
            is "1.2.840.113549.1.1.5" // sha1WithRSAEncryption
                or "1.2.840.113549.1.1.4" // md5WithRSAEncryption
                or "1.2.840.113549.1.1.2" // md2WithRSAEncryption
                or "1.2.840.10045.4.1"; // ecdsa-with-SHA1

    private static string Cut(string name) => name.Length <= MaxName ? name : name[..MaxName];
}
