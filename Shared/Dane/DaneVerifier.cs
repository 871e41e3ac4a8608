using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;

namespace TlsOrLink.Dane;

/// <summary>Checks a peer's certificates against TLSA records (RFC 7671 section 5, RFC 7672 section 3).</summary>
internal static class DaneVerifier
{
    /// <summary>The names of which a DANE-TA certificate must bear one: TLSA base, recipient domain, and what its aliases lead to (RFC 7672 section 3.2.2).</summary>
    public static IReadOnlyList<string> ReferenceNames(MailDomain domain, MxAnswer mx, DaneRecords dane) =>
        [.. new[] { dane.BaseName.Value, domain.Name, mx.NextHop.Value }.Distinct(StringComparer.Ordinal)];

    /// <summary>The record that the peer satisfies, or null: then the host may not be used.</summary>
    /// <param name="records">Usable records.</param>
    /// <param name="leaf">The peer's certificate.</param>
    /// <param name="presented">The certificates that the peer sent along, in any order.</param>
    /// <param name="names">For DANE-TA, see <see cref="ReferenceNames"/>.</param>
    /// <param name="now">For DANE-TA, the time at which the chain must be valid. DANE-EE ignores names and validity.</param>
    public static TlsaRecord? Match(
        IReadOnlyList<TlsaRecord> records,
        X509Certificate2 leaf,
        IReadOnlyCollection<X509Certificate2> presented,
        IReadOnlyList<string> names,
        DateTimeOffset now
    ) =>
        records.FirstOrDefault(record => record.Usage == TlsaUsability.EndEntity && Matches(record, leaf))
        ?? AnchorChain.Match(
            [.. records.Where(record => record.Usage == TlsaUsability.TrustAnchor)],
            leaf,
            presented,
            names,
            now
        );

    /// <summary>The record's data is the certificate's, by its selector and matching type.</summary>
    public static bool Matches(TlsaRecord record, X509Certificate2 certificate)
    {
        var selected = record.Selector == 1 ? certificate.PublicKey.ExportSubjectPublicKeyInfo() : certificate.RawData;
        var data = record.Matching switch
        {
            1 => SHA256.HashData(selected),
            2 => SHA512.HashData(selected),
            _ => selected,
        };
        return record.Data.Span.SequenceEqual(data);
    }
}
