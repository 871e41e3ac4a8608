using Microsoft.Extensions.Options;
using TlsOrLink.Dns;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
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
    public async Task<Opening> OpenAsync(SendTarget target, CancellationToken cancellation)
    {
        Opening outcome = new Opening.Unreachable(MxReasons.NoMailHost);
        foreach (var host in await HostsAsync(target, cancellation))
        {
            var opening = await OpenAsync(target, host, cancellation);
            if (opening is Opening.Ready)
            {
                return opening;
            }

            // A host that showed less outweighs hosts that are down: somebody may be keeping us from the others.
            outcome = outcome is Opening.Shortfall ? outcome : opening;
        }

        return outcome;
    }

    private async Task<IReadOnlyList<MxHost>> HostsAsync(SendTarget target, CancellationToken cancellation) =>
        target.Plan.Hosts.Count > 0
            ? [.. target.Plan.Hosts.SelectMany(Planned)]
            : (await mx.FindAsync(target.Domain, cancellation)).Hosts;

    private async Task<Opening> OpenAsync(SendTarget target, MxHost host, CancellationToken cancellation)
    {
        var addresses = await mx.FindAddressesAsync(host, cancellation);
        var smtpTarget = new SmtpTarget(host.Name.ToString(), addresses.Records);
        return target.Plan.RequiredLevel >= TlsLevel.Encrypted
            ? await OpenEnforcedAsync(target, smtpTarget, cancellation)
            : await OpenBestAsync(target, smtpTarget, cancellation);
    }

    private async Task<Opening> OpenEnforcedAsync(SendTarget target, SmtpTarget host, CancellationToken cancellation)
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

        var evidence = await JudgeAsync(target, session, cancellation);
        if (evidence.Level >= target.Plan.RequiredLevel)
        {
            return new Opening.Ready(session, evidence);
        }

        await session.DisposeAsync();
        return new Opening.Shortfall(evidence.Reason);
    }

    /// <summary>For mail without attachments: TLS where it works, else in the clear.</summary>
    private async Task<Opening> OpenBestAsync(SendTarget target, SmtpTarget host, CancellationToken cancellation)
    {
        foreach (var security in (SmtpSecurity[])[SmtpSecurity.WhenOffered, SmtpSecurity.None])
        {
            var outcome = await connector.ConnectAsync(host, security, options.Value.ConnectDeadline, cancellation);
            switch (outcome)
            {
                case ConnectOutcome.Secured(var session):
                    return new Opening.Ready(session, await JudgeAsync(target, session, cancellation));
                case ConnectOutcome.InClear(var session):
                    return new Opening.Ready(session, InClear(session));
                case ConnectOutcome.NoTls:
                    continue;
                default:
                    return new Opening.Unreachable(outcome.Failure ?? SmtpReasons.Dropped);
            }
        }

        return new Opening.Unreachable(SmtpReasons.Dropped);
    }

    private async Task<HostEvidence> JudgeAsync(SendTarget target, ISmtpSession session, CancellationToken cancellation)
    {
        try
        {
            return await judge.JudgeAsync(target.Domain, session, target.Plan.PolicyEnforced, cancellation);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<MxHost> Planned(string name) =>
        DnsName.TryParse(name, out var host) ? [new MxHost(host, 0)] : [];

    private static HostEvidence InClear(ISmtpSession session) =>
        new(session.Host, 0, TlsLevel.None, SmtpReasons.NotOffered) { Address = session.Address.ToString() };
}
