namespace TlsOrLink.Dns;

/// <summary>How a question was answered.</summary>
internal enum DnsStatus
{
    /// <summary>Not found out: SERVFAIL (bogus data too), refused, a time-out, or an answer that is not one. Never "does not exist".</summary>
    Failed,

    /// <summary>There are records of the type.</summary>
    Found,

    /// <summary>The name exists without records of the type (RFC 2308 section 2.2).</summary>
    NoData,

    /// <summary>The name does not exist (RFC 2308 section 2.1).</summary>
    NxDomain,
}

/// <summary>An answer to one question, a value also where it is bad news.</summary>
/// <typeparam name="T">The data of one record.</typeparam>
/// <param name="Status">How the question was answered.</param>
/// <param name="Records">The data; empty unless <see cref="DnsStatus.Found"/>.</param>
/// <param name="Secure">DNSSEC-validated, along the whole chain of aliases, by a resolver that the operator trusts; false for a failure.</param>
/// <param name="Owner">The end of the chain of aliases: where the records (or their absence) were found; the question where there is none.</param>
/// <param name="Expires">When the answer must be asked for anew.</param>
internal sealed record DnsAnswer<T>(
    DnsStatus Status,
    IReadOnlyList<T> Records,
    bool Secure,
    DnsName Owner,
    DateTimeOffset Expires
)
{
    /// <summary>For <see cref="DnsStatus.Failed"/>, a slug of <see cref="DnsFailures"/>; else null.</summary>
    public string? Failure { get; init; }

    /// <summary>An answer that says only that it could not be had.</summary>
    public static DnsAnswer<T> NotFoundOut(string failure, DnsName owner, DateTimeOffset at) =>
        new(DnsStatus.Failed, [], false, owner, at) { Failure = failure };
}

/// <summary>Why a question was not answered.</summary>
internal static class DnsFailures
{
    /// <summary>SERVFAIL: an authority is down, or the data is bogus (RFC 4035 section 5.5).</summary>
    public const string ServFail = "dns-servfail";

    /// <summary>No answer in time.</summary>
    public const string Timeout = "dns-timeout";

    /// <summary>REFUSED, NOTIMP, FORMERR or another error code.</summary>
    public const string Refused = "dns-refused";

    /// <summary>An answer that does not parse or answers another question.</summary>
    public const string Malformed = "dns-malformed";

    /// <summary>A chain of more than 10 aliases, or a loop.</summary>
    public const string AliasChain = "dns-alias-chain";
}
