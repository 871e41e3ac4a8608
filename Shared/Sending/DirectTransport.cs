using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>Straight to the MX hosts of the recipients' domain.</summary>
internal sealed class DirectTransport(
    ISmtpConnector connector,
    MxLookup mx,
    IConnectionJudge judge,
    IOptions<SmtpOptions> options
) : ITransport
{
    /// <inheritdoc/>
    public async Task<Opening> OpenAsync(
        MailDomain domain,
        RoutePlan plan,
        IReadOnlySet<string> tried,
        CancellationToken cancellation
    )
    {
        var now = await mx.FindAsync(domain, cancellation);
        var hosts = HostsOf(plan, now);
        // The domain has moved since the verdict: its new hosts must be probed before anything is sent.
        Opening outcome = new Opening.Unreachable(
            now.Hosts.Count == 0 ? now.Reason : MxReasons.NoMailHost,
            VerdictIsOld: hosts.Count == 0
        );
        foreach (var host in hosts.Where(host => !tried.Contains(host.Name.Value)))
        {
            var opening = await OpenAsync(domain, plan, host, cancellation);
            if (opening is Opening.Ready)
            {
                return opening;
            }

            // A host that showed less outweighs hosts that are down: somebody may be keeping us from the others.
            outcome = outcome is Opening.Shortfall ? outcome : opening;
        }

        return outcome;
    }

    /// <summary>The plan's hosts as far as the domain still names them (RFC 5321 section 5.1); all that it names where the plan has none.</summary>
    internal static IReadOnlyList<MxHost> HostsOf(RoutePlan plan, MxAnswer now)
    {
        if (plan.Hosts.Count == 0)
        {
            return now.Hosts;
        }

        var planned = plan.Hosts.SelectMany(Planned);
        return now.Status == MxStatus.Failed
            ? [.. planned]
            : [.. planned.Where(host => now.Hosts.Any(named => named.Name == host.Name))];
    }

    private async Task<Opening> OpenAsync(
        MailDomain domain,
        RoutePlan plan,
        MxHost host,
        CancellationToken cancellation
    )
    {
        var addresses = await mx.FindAddressesAsync(host, cancellation);
        var smtpTarget = new SmtpTarget(host.Name.ToString(), addresses.Records)
        {
            ServerName = await judge.FindServerNameAsync(domain, host, addresses, cancellation),
        };
        return plan.RequiredLevel >= TlsLevel.Encrypted
            ? await OpenEnforcedAsync(domain, plan, smtpTarget, cancellation)
            : await OpenBestAsync(domain, plan, smtpTarget, cancellation);
    }

    private async Task<Opening> OpenEnforcedAsync(
        MailDomain domain,
        RoutePlan plan,
        SmtpTarget host,
        CancellationToken cancellation
    )
    {
        var outcome = await connector.ConnectAsync(
            host,
            SmtpSecurity.Required,
            options.Value.ConnectDeadline,
            cancellation
        );
        if (outcome is not ConnectOutcome.Secured(var session))
        {
            return outcome is ConnectOutcome.NoTls(var reason, _)
                ? new Opening.Shortfall(reason)
                : new Opening.Unreachable(outcome.Failure ?? SmtpReasons.NotOffered);
        }

        return await JudgedAsync(domain, plan, session, cancellation);
    }

    /// <summary>For mail without attachments: TLS where it works, else in the clear.</summary>
    private async Task<Opening> OpenBestAsync(
        MailDomain domain,
        RoutePlan plan,
        SmtpTarget host,
        CancellationToken cancellation
    )
    {
        foreach (var security in (SmtpSecurity[])[SmtpSecurity.WhenOffered, SmtpSecurity.None])
        {
            var outcome = await connector.ConnectAsync(host, security, options.Value.ConnectDeadline, cancellation);
            switch (outcome)
            {
                case ConnectOutcome.Secured(var session):
                    return await JudgedAsync(domain, plan, session, cancellation);
                case ConnectOutcome.InClear(var session):
                    return await JudgedAsync(domain, plan, session, cancellation);
                case ConnectOutcome.NoTls:
                    continue;
                default:
                    return new Opening.Unreachable(outcome.Failure ?? SmtpReasons.Dropped);
            }
        }

        return new Opening.Unreachable(SmtpReasons.Dropped);
    }

    /// <summary>The one gate: a session comes out of it only at the level that the plan requires.</summary>
    private async Task<Opening> JudgedAsync(
        MailDomain domain,
        RoutePlan plan,
        ISmtpSession session,
        CancellationToken cancellation
    )
    {
        var kept = false;
        try
        {
            var evidence = await judge.JudgeAsync(
                domain,
                session,
                plan.PolicyEnforced || plan.PolicyUnknown,
                cancellation
            );
            var opening = Opening.Of(session, evidence, plan.RequiredLevel);
            kept = opening is Opening.Ready;
            return opening;
        }
        finally
        {
            if (!kept)
            {
                await session.DisposeAsync();
            }
        }
    }

    private static IEnumerable<MxHost> Planned(string name) =>
        DnsName.TryParse(name, out var host) ? [new MxHost(host, 0)] : [];
}
