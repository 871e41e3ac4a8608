namespace TlsOrLink.Probing;

/// <summary>Slugs of why a host or a domain has its level; those of connections and certificates stand in the room <c>Smtp</c>. Explained in <c>docs/tls-decision.md</c>.</summary>
internal static class ProbingReasons
{
    /// <summary>Trusted chain and the host's name.</summary>
    public const string Verified = "verified";

    /// <summary>A usable TLSA record matches.</summary>
    public const string Dane = "dane";

    /// <summary>An enforced MTA-STS policy covers the host, and its certificate is valid.</summary>
    public const string MtaSts = "mta-sts-enforce";

    /// <summary>Usable TLSA records, none of which matches.</summary>
    public const string DaneMismatch = "dane-mismatch";

    /// <summary>TLSA records, so TLS is required, and there is none.</summary>
    public const string DaneNoTls = "dane-no-tls";

    /// <summary>The TLSA look-up failed in a secure zone.</summary>
    public const string DaneFailed = "dane-lookup-failed";

    /// <summary>The enforced policy does not name the host.</summary>
    public const string StsNotCovered = "mta-sts-mx-mismatch";

    /// <summary>The enforced policy names the host, and its certificate is not valid.</summary>
    public const string StsCertificate = "mta-sts-certificate";

    /// <summary>The enforced policy names the host, and it has no TLS.</summary>
    public const string StsNoTls = "mta-sts-no-tls";

    /// <summary>No host satisfies the domain's own policy.</summary>
    public const string PolicyFailed = "policy-failed";

    /// <summary>The deadline of the whole probe passed.</summary>
    public const string Deadline = "probe-deadline";

    /// <summary>Another host was good, and this one took longer than a moment.</summary>
    public const string NotAwaited = "not-waited-for";

    /// <summary>Our own port 25 is shut, as all canary hosts show.</summary>
    public const string EgressBlocked = "egress-blocked";
}
