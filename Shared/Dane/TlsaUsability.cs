using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;

namespace TlsOrLink.Dane;

/// <summary>Which TLSA records count (RFC 7672 section 3.1.3, RFC 7671 sections 9 and 10).</summary>
internal static class TlsaUsability
{
    /// <summary>Usage DANE-TA: the record names a trust anchor.</summary>
    public const byte TrustAnchor = 2;

    /// <summary>Usage DANE-EE: the record names the host's own certificate or key.</summary>
    public const byte EndEntity = 3;

    private const int MaxRecords = 64;

    /// <summary>The usable records; of digests for the same usage and selector only the strongest (digest agility).</summary>
    public static IReadOnlyList<TlsaRecord> Select(IReadOnlyList<TlsaRecord> records)
    {
        var usable = records.Take(MaxRecords).Where(IsUsable).ToList();
        return [.. usable.Where(record => record.Matching == 0 || record.Matching == Strongest(usable, record))];
    }

    private static bool IsUsable(TlsaRecord record) =>
        record.Usage is TrustAnchor or EndEntity
        && record.Selector is 0 or 1
        && record.Matching switch
        {
            0 => Parses(record),
            1 => record.Data.Length == SHA256.HashSizeInBytes,
            2 => record.Data.Length == SHA512.HashSizeInBytes,
            _ => false,
        };

    private static byte Strongest(List<TlsaRecord> usable, TlsaRecord like) =>
        usable
            .Where(other => other.Usage == like.Usage && other.Selector == like.Selector)
            .Max(other => other.Matching);

    private static bool Parses(TlsaRecord record)
    {
        try
        {
            if (record.Selector == 1)
            {
                _ = PublicKey.CreateFromSubjectPublicKeyInfo(record.Data.Span, out var read);
                return read == record.Data.Length;
            }

            using var certificate = X509CertificateLoader.LoadCertificate(record.Data.Span);
            return certificate.RawDataMemory.Span.SequenceEqual(record.Data.Span);
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException)
        {
            return false;
        }
    }
}
