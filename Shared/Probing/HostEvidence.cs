namespace TlsOrLink.Probing;

/// <summary>What one MX host showed on one connection.</summary>
/// <param name="Host">The MX host name as A-labels.</param>
/// <param name="Preference">MX preference, lower is preferred; 0 for an implicit MX.</param>
/// <param name="Level">The level that this host reached.</param>
/// <param name="Reason">Slug of <c>docs/tls-decision.md</c>: why this level and not a better one.</param>
public sealed record HostEvidence(string Host, int Preference, TlsLevel Level, string Reason)
{
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

/// <summary>The certificate that a host presented.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name of the issuer.</param>
/// <param name="NotBefore">Start of validity.</param>
/// <param name="NotAfter">End of validity.</param>
/// <param name="Sha256">Fingerprint, lower-case hex.</param>
/// <param name="Errors">Chain and name errors as slugs, empty where there are none.</param>
public sealed record CertificateEvidence(
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Sha256,
    IReadOnlyList<string> Errors
);
