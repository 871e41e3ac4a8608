using System.Net;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>Judges the very connection over which a message is to go: never downgraded after the probe.</summary>
internal interface IConnectionJudge
{
    /// <summary>The level that <paramref name="session"/> proves now, with the TLSA records of its host looked up anew (from their cache while that lives).</summary>
    /// <param name="domain">The recipient domain.</param>
    /// <param name="session">The connection.</param>
    /// <param name="policyEnforced">The verdict found a policy: the MTA-STS policy is looked up too. Spares a storage call otherwise.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    Task<HostEvidence> JudgeAsync(
        MailDomain domain,
        ISmtpSession session,
        bool policyEnforced,
        CancellationToken cancellation
    );

    /// <summary>The name for SNI: the TLSA base domain where the host has usable records (RFC 7672 section 8.1), else its own.</summary>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    Task<string> FindServerNameAsync(
        MailDomain domain,
        MxHost host,
        DnsAnswer<IPAddress> addresses,
        CancellationToken cancellation
    );
}
