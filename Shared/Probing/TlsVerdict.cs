using TlsOrLink.Domains;

namespace TlsOrLink.Probing;

/// <summary>What probing a domain found out, with its evidence and its lifetime.</summary>
/// <param name="Domain">The recipient domain.</param>
/// <param name="Level">Best level of a host that can be used.</param>
/// <param name="Reason">Slug of <c>docs/tls-decision.md</c>.</param>
/// <param name="Policy">The policy found for the domain.</param>
/// <param name="Hosts">Evidence per MX host in the order of use; empty where no host was dialled.</param>
/// <param name="FoundAt">When the probe ended.</param>
/// <param name="LivesUntil">From then on the verdict must be found anew.</param>
public sealed record TlsVerdict(
    MailDomain Domain,
    TlsLevel Level,
    string Reason,
    DomainPolicy Policy,
    IReadOnlyList<HostEvidence> Hosts,
    DateTimeOffset FoundAt,
    DateTimeOffset LivesUntil
)
{
    /// <summary>The hosts which reach <paramref name="level"/>, in the order in which delivery may use them.</summary>
    public IReadOnlyList<string> HostsAt(TlsLevel level) =>
        [.. Hosts.Where(host => host.Level >= level).Select(host => host.Host)];
}

/// <summary>The transport security policy that a domain publishes.</summary>
public enum DomainPolicy
{
    /// <summary>None was found.</summary>
    None,

    /// <summary>MTA-STS in mode <c>testing</c>: evidence only, no credit.</summary>
    MtaStsTesting,

    /// <summary>MTA-STS in mode <c>enforce</c>.</summary>
    MtaStsEnforce,

    /// <summary>Usable DANE TLSA records of the MX hosts.</summary>
    Dane,
}
