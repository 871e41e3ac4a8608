using System.Net;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <inheritdoc cref="IConnectionJudge"/>
internal sealed class ConnectionJudge(MxLookup mx, DaneLookup dane, StsLookup sts, TimeProvider clock)
    : IConnectionJudge
{
    private static readonly StsOutcome NoPolicy = new(null, StsReasons.None, null);

    /// <inheritdoc/>
    public async Task<HostEvidence> JudgeAsync(
        MailDomain domain,
        ISmtpSession session,
        bool policyEnforced,
        CancellationToken cancellation
    )
    {
        if (!DnsName.TryParse(session.Host, out var name))
        {
            throw new ArgumentException("The session's host is not a DNS name.", nameof(session));
        }

        var policy = policyEnforced ? sts.FindAsync(domain, cancellation) : Task.FromResult(NoPolicy);
        var answer = await mx.FindAsync(domain, cancellation);
        var host = answer.Hosts.FirstOrDefault(one => one.Name == name) ?? new MxHost(name, 0);
        var addresses = await mx.FindAddressesAsync(host, cancellation);
        var records = await dane.FindAsync(answer, host, addresses, cancellation);
        var outcome = await policy;
        // Without an answer nobody can say whether DANE applies.
        var known = answer.Status == MxStatus.Failed ? records with { Status = DaneStatus.Failed } : records;
        return HostJudge.Judge(
            host,
            HostSighting.Of(session),
            new HostDemands(known, DaneVerifier.ReferenceNames(domain, answer, known), outcome),
            clock.GetUtcNow()
        );
    }

    /// <inheritdoc/>
    public async Task<string> FindServerNameAsync(
        MailDomain domain,
        MxHost host,
        DnsAnswer<IPAddress> addresses,
        CancellationToken cancellation
    )
    {
        var answer = await mx.FindAsync(domain, cancellation);
        var records = await dane.FindAsync(answer, host, addresses, cancellation);
        return (records.Status == DaneStatus.Usable ? records.BaseName : host.Name).Value;
    }
}
