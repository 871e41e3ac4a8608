using TlsOrLink.Dns;

namespace TlsOrLink.Mx;

/// <summary>What the MX look-up of a domain found.</summary>
internal enum MxStatus
{
    /// <summary>Could not find out: try again later.</summary>
    Failed,

    /// <summary>Hosts that take mail.</summary>
    Hosts,

    /// <summary>The domain takes no mail: a null MX (RFC 7505), or only MX records that no host can have.</summary>
    NoMail,

    /// <summary>The domain does not exist.</summary>
    NoSuchDomain,
}

/// <summary>One host that takes mail for a domain.</summary>
/// <param name="Name">The MX host name.</param>
/// <param name="Preference">Lower is preferred; 0 for an implicit MX.</param>
internal sealed record MxHost(DnsName Name, int Preference);

/// <summary>Where mail of a domain goes.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Reason">Slug of <see cref="MxReasons"/> or <see cref="DnsFailures"/>.</param>
/// <param name="Hosts">In the order of use: by preference, shuffled among equals, at most 10; empty unless <see cref="MxStatus.Hosts"/>.</param>
/// <param name="Secure">The answer, along with its aliases, was DNSSEC-validated; a condition for DANE.</param>
/// <param name="NextHop">The recipient domain after its aliases: a reference name for DANE-TA (RFC 7672 section 3.2.2).</param>
/// <param name="Expires">When the answer must be asked for anew.</param>
internal sealed record MxAnswer(
    MxStatus Status,
    string Reason,
    IReadOnlyList<MxHost> Hosts,
    bool Secure,
    DnsName NextHop,
    DateTimeOffset Expires
);

/// <summary>Reasons of the MX look-up; <c>docs/tls-decision.md</c> says what each means.</summary>
internal static class MxReasons
{
    /// <summary>MX records were found.</summary>
    public const string Found = "mx-found";

    /// <summary>No MX records, so the domain itself is its host (RFC 5321 section 5.1).</summary>
    public const string Implicit = "mx-implicit";

    /// <summary>A sole MX record "." (RFC 7505).</summary>
    public const string NullMx = "null-mx";

    /// <summary>NXDOMAIN.</summary>
    public const string NoSuchDomain = "no-such-domain";

    /// <summary>Neither MX records nor an address.</summary>
    public const string NoMailHost = "no-mail-host";

    /// <summary>MX records, and none with a name that a host can have (IP literals, malformed names).</summary>
    public const string BadMx = "mx-unusable";
}
