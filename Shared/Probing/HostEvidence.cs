using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>What one MX host showed on one connection.</summary>
/// <param name="Host">The MX host name as A-labels.</param>
/// <param name="Preference">MX preference, lower is preferred; 0 for an implicit MX.</param>
/// <param name="Level">The level that this host reached.</param>
/// <param name="Reason">Slug of <c>docs/tls-decision.md</c>: why this level and not a better one.</param>
public sealed record HostEvidence(string Host, int Preference, TlsLevel Level, string Reason)
{
    /// <summary>The host fails its domain's own policy (DANE or an enforced MTA-STS policy): no mail of ours goes there, no link either.</summary>
    public bool PolicyFailed { get; init; }

    /// <summary>The address dialled, or null where none was.</summary>
    public string? Address { get; init; }

    /// <summary><c>TLSv1.3</c> or <c>TLSv1.2</c>; null without TLS.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>IANA name of the cipher suite; null without TLS.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The leaf certificate; null without TLS.</summary>
    public CertificateEvidence? Certificate { get; init; }

    /// <summary>The host offers REQUIRETLS (RFC 8689) after STARTTLS.</summary>
    public bool RequireTls { get; init; }

    /// <summary>SIZE limit in bytes that the host states after STARTTLS (RFC 1870); null where it states none.</summary>
    public long? MaxBytes { get; init; }
}
