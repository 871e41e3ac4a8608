using Microsoft.Extensions.Options;
using TlsOrLink.Dane;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>Finds out what transport security the hosts of a domain offer. Sends no mail.</summary>
internal sealed class DomainProber(
    MxLookup mx,
    StsLookup sts,
    HostProber hosts,
    Egress egress,
    IOptions<SmtpOptions> smtp,
    IOptions<ProbingOptions> options,
    TimeProvider clock
) : IDomainProber
{
    private static readonly StsOutcome NoSts = new(null, StsReasons.None, null);

    /// <inheritdoc/>
    public async Task<TlsVerdict> ProbeAsync(MailDomain domain, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(smtp.Value.ProbeDeadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return Limit(await ProbeWithinAsync(domain, both));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Limit(VerdictJudge.NotFoundOut(domain, ProbingReasons.Deadline, clock.GetUtcNow()));
        }
    }

    private TlsVerdict Limit(TlsVerdict verdict) =>
        verdict.Level == TlsLevel.Unknown
        && verdict.FoundAt + options.Value.UnknownFor is var end
        && end < verdict.LivesUntil
            ? verdict with
            {
                LivesUntil = end,
            }
            : verdict;

    private async Task<TlsVerdict> ProbeWithinAsync(MailDomain domain, CancellationTokenSource deadline)
    {
        var policy = FindPolicyAsync(domain, deadline.Token);
        var answer = await mx.FindAsync(domain, deadline.Token);
        if (answer.Status != MxStatus.Hosts)
        {
            await deadline.CancelAsync();
            return VerdictJudge.Judge(domain, new DomainFindings(answer, await policy, [], []), clock.GetUtcNow());
        }

        if (egress.IsKnownBlocked)
        {
            return Blocked(domain, answer, await policy);
        }

        var shut = egress.IsBlockedAsync(); // beside the hosts, or there would be no time left
        var seen = await hosts.SeeAllAsync(answer, deadline.Token);
        var outcome = await policy;
        var now = clock.GetUtcNow();
        var evidence = seen.Select(host =>
                HostJudge.Judge(
                    host.Host,
                    host.Sighting,
                    new HostDemands(host.Dane, DaneVerifier.ReferenceNames(domain, answer, host.Dane), outcome),
                    now
                )
            )
            .ToList();
        return
            seen.All(host => host.Sighting is { Kind: SightingKind.Unreachable })
            && await shut.WaitAsync(deadline.Token)
            ? Blocked(domain, answer, outcome)
            : VerdictJudge.Judge(
                domain,
                new DomainFindings(answer, outcome, evidence, [.. seen.Select(host => host.Dane)]),
                now
            );
    }

    private TlsVerdict Blocked(MailDomain domain, MxAnswer answer, StsOutcome policy) =>
        VerdictJudge.Judge(
            domain,
            new DomainFindings(answer, policy, [], []) { EgressBlocked = true },
            clock.GetUtcNow()
        );

    /// <summary>A policy that does not come in time is one that could not be fetched (RFC 8461 section 5.1).</summary>
    private async Task<StsOutcome> FindPolicyAsync(MailDomain domain, CancellationToken deadline)
    {
        try
        {
            return await sts.FindAsync(domain, deadline);
        }
        catch (OperationCanceledException)
        {
            return NoSts with { Reason = StsReasons.FetchFailed };
        }
    }
}
