using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>What a domain asks of one of its hosts.</summary>
/// <param name="Dane">The host's TLSA records.</param>
/// <param name="Names">Names of which a DANE-TA certificate must bear one.</param>
/// <param name="Sts">The domain's MTA-STS policy.</param>
internal sealed record HostDemands(DaneRecords Dane, IReadOnlyList<string> Names, StsOutcome Sts);

/// <summary>
/// Says which level a host proves on one connection. Probing and sending share it, so that nothing is sent at a level that probing would
/// not have given. Pure.
/// </summary>
internal static class HostJudge
{
    private sealed record Ruling(TlsLevel Level, string Reason, bool PolicyFailed = false);

    /// <summary>The evidence with its level.</summary>
    /// <param name="host">The host and its preference.</param>
    /// <param name="seen">What the connection showed.</param>
    /// <param name="demands">What the domain asks.</param>
    /// <param name="now">For the validity of a DANE-TA chain.</param>
    public static HostEvidence Judge(MxHost host, HostSighting seen, HostDemands demands, DateTimeOffset now)
    {
        var ruling = Rule(host.Name, seen, demands, now);
        return new HostEvidence(host.Name.Value, host.Preference, ruling.Level, ruling.Reason)
        {
            PolicyFailed = ruling.PolicyFailed,
            Address = seen.Address,
            TlsVersion = seen.Tls?.Version,
            CipherSuite = seen.Tls?.CipherSuite,
            Certificate = seen.Tls?.Certificate,
            RequireTls = seen.Features is { RequireTls: true },
            MaxBytes = seen.Features?.MaxBytes,
        };
    }

    // DANE outranks MTA-STS (RFC 8461 section 2): where it decides, the policy is not asked.
    private static Ruling Rule(DnsName host, HostSighting seen, HostDemands demands, DateTimeOffset now) =>
        seen.Kind is SightingKind.Unreachable or SightingKind.Busy ? new(TlsLevel.Unknown, seen.Reason)
        : demands.Dane.Status is DaneStatus.Failed ? new(TlsLevel.Unknown, ProbingReasons.DaneFailed)
        : demands.Dane.Status is not DaneStatus.NoRecords && seen.Tls is null ? Failed(ProbingReasons.DaneNoTls)
        : demands.Dane.Status is DaneStatus.Usable ? ByDane(seen.Tls!, demands, now)
        : demands.Sts is { Enforced: true, Policy: { } policy } ? BySts(host, seen.Tls, policy)
        : seen.Tls is { } tls ? ByCertificate(tls.Certificate)
        : new(TlsLevel.None, seen.Reason);

    private static Ruling ByDane(TlsFacts tls, HostDemands demands, DateTimeOffset now)
    {
        var chain = tls.Chain.Select(der => X509CertificateLoader.LoadCertificate(der)).ToList();
        try
        {
            return DaneVerifier.Match(demands.Dane.Records, chain[0], chain[1..], demands.Names, now) is null
                ? Failed(ProbingReasons.DaneMismatch)
                : new(TlsLevel.Authenticated, ProbingReasons.Dane);
        }
        catch (CryptographicException)
        {
            return Failed(ProbingReasons.DaneMismatch); // a key or a certificate that nobody can read proves nothing
        }
        finally
        {
            chain.ForEach(certificate => certificate.Dispose());
        }
    }

    private static Ruling BySts(DnsName host, TlsFacts? tls, StsPolicy policy) =>
        !policy.Covers(host) ? Failed(ProbingReasons.StsNotCovered)
        : tls is null ? Failed(ProbingReasons.StsNoTls)
        : tls.Certificate.Errors.Count > 0 ? Failed(ProbingReasons.StsCertificate)
        : new(TlsLevel.Authenticated, ProbingReasons.MtaSts);

    private static Ruling ByCertificate(CertificateEvidence certificate) =>
        certificate.Errors is [var error, ..]
            ? new(TlsLevel.Encrypted, error)
            : new(TlsLevel.Verified, ProbingReasons.Verified);

    private static Ruling Failed(string reason) => new(TlsLevel.Unknown, reason, PolicyFailed: true);
}
