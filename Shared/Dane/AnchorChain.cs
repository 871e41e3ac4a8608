using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.Dane;

/// <summary>DANE-TA: a chain from the peer's certificate to the anchor that a record names (RFC 7671 section 5.2, RFC 7672 section 3.1.2).</summary>
internal static class AnchorChain
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // What an anchor has by being one: nothing above it is trusted or needed.
    private const X509ChainStatusFlags AtAnchor =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>Certificates of a peer that are looked at: real chains have up to five.</summary>
    private const int MaxPresented = 10;

    /// <summary>The record whose anchor the peer's chain reaches with one of the names, or null.</summary>
    public static TlsaRecord? Match(
        IReadOnlyList<TlsaRecord> records,
        X509Certificate2 leaf,
        IReadOnlyCollection<X509Certificate2> presented,
        IReadOnlyList<string> names,
        DateTimeOffset now
    )
    {
        if (records.Count == 0 || !names.Any(leaf.NamesHost))
        {
            return null;
        }

        var published = records
            .Where(IsWholeCertificate)
            .Select(record => X509CertificateLoader.LoadCertificate(record.Data.Span))
            .ToList();
        try
        {
            return Reach(records, leaf, [.. presented.Take(MaxPresented), .. published], now);
        }
        finally
        {
            published.ForEach(certificate => certificate.Dispose());
        }
    }

    private static bool IsWholeCertificate(TlsaRecord record) => record is { Selector: 0, Matching: 0 };

    private static TlsaRecord? Reach(
        IReadOnlyList<TlsaRecord> records,
        X509Certificate2 leaf,
        IReadOnlyList<X509Certificate2> known,
        DateTimeOffset now
    )
    {
        var anchors = known
            .Where(certificate => records.Any(record => DaneVerifier.Matches(record, certificate)))
            .ToList();
        return anchors
            .Where(anchor => IsReached(anchor, leaf, known, now))
            .Select(anchor => records.First(record => DaneVerifier.Matches(record, anchor)))
            .FirstOrDefault();
    }

    private static bool IsReached(
        X509Certificate2 anchor,
        X509Certificate2 leaf,
        IReadOnlyList<X509Certificate2> known,
        DateTimeOffset now
    )
    {
        using var chain = new X509Chain { ChainPolicy = PolicyFor(anchor, known, now) };
        chain.Build(leaf);
        var elements = chain.ChainElements.ToList();
        var depth = elements.FindIndex(element =>
            element.Certificate.RawDataMemory.Span.SequenceEqual(anchor.RawDataMemory.Span)
        );
        var sound =
            depth > 0
            && elements.Take(depth).All(IsSound)
            && (Flags(elements[depth]) & ~AtAnchor) == X509ChainStatusFlags.NoError;
        elements.ForEach(element => element.Certificate.Dispose());
        return sound;
    }

    private static X509ChainPolicy PolicyFor(
        X509Certificate2 anchor,
        IReadOnlyList<X509Certificate2> known,
        DateTimeOffset now
    )
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.CustomTrustStore.Add(anchor);
        policy.ExtraStore.AddRange(known.ToArray());
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }

    private static bool IsSound(X509ChainElement element) => Flags(element) == X509ChainStatusFlags.NoError;

    private static X509ChainStatusFlags Flags(X509ChainElement element) =>
        element.ChainElementStatus.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
}
