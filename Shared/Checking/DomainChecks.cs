using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Checking;

/// <summary>Says before sending how recipients would be reached, by the very decision that sending makes. Sends nothing.</summary>
internal sealed class DomainChecks(
    IVerdicts verdicts,
    RouteDesk routes,
    ProbeBudget budget,
    IOptions<CheckingOptions> options,
    TimeProvider clock
)
{
    /// <summary>Checks every entry; each domain once.</summary>
    /// <param name="caller">Name of the caller whose budget pays for what is not in the cache.</param>
    /// <param name="entries">What is asked.</param>
    /// <param name="cancellation">The caller went away.</param>
    /// <exception cref="Faults.TransientFault">The domain rules cannot be read.</exception>
    public async Task<CheckOutcome> CheckAsync(
        string caller,
        IReadOnlyList<CheckEntry> entries,
        CancellationToken cancellation
    )
    {
        MailDomain[] domains = [.. entries.Select(entry => entry.Domain).Distinct()];
        var kept = await KeptAsync(domains, cancellation);
        if (domains.Length > kept.Count && budget.TryTake(caller, domains.Length - kept.Count) is { } wait)
        {
            return new CheckOutcome.TooMany(wait);
        }

        using var deadline = new CancellationTokenSource(options.Value.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var within = both.Token;
        var answers = await Task.WhenAll(
            domains.Select(domain =>
                RouteAsync(
                    domain,
                    () =>
                        kept.TryGetValue(domain, out var verdict)
                            ? Task.FromResult(verdict)
                            : WithinAsync(domain, () => verdicts.GetFreshAsync(domain, within), cancellation),
                    cancellation
                )
            )
        );
        var byDomain = domains.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        return new CheckOutcome.Done(
            [.. entries.Select(entry => new CheckedEntry(entry, byDomain[entry.Domain]))],
            clock.GetUtcNow()
        );
    }

    /// <summary>Probes one domain anew, whatever is kept.</summary>
    public async Task<CheckOutcome> RefreshAsync(string caller, MailDomain domain, CancellationToken cancellation)
    {
        if (budget.TryTake(caller, 1) is { } wait)
        {
            return new CheckOutcome.TooMany(wait);
        }

        using var deadline = new CancellationTokenSource(options.Value.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var within = both.Token;
        var answer = await RouteAsync(
            domain,
            () => WithinAsync(domain, () => verdicts.RefreshAsync(domain, within), cancellation),
            cancellation
        );
        return new CheckOutcome.Done(
            [new CheckedEntry(new CheckEntry(domain.Name, domain), answer)],
            clock.GetUtcNow()
        );
    }

    /// <summary>A verdict that does not come within the deadline is one that could not be found out.</summary>
    private async Task<TlsVerdict> WithinAsync(
        MailDomain domain,
        Func<Task<TlsVerdict>> find,
        CancellationToken cancellation
    )
    {
        try
        {
            return await find();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return VerdictJudge.NotFoundOut(domain, ProbingReasons.Deadline, clock.GetUtcNow());
        }
    }

    private Task<RoutedDomain> RouteAsync(
        MailDomain domain,
        Func<Task<TlsVerdict>> find,
        CancellationToken cancellation
    ) => routes.PlanAsync(domain, find, wished: null, RouteWish.Auto, cancellation);

    private async Task<Dictionary<MailDomain, TlsVerdict>> KeptAsync(
        MailDomain[] domains,
        CancellationToken cancellation
    )
    {
        var found = await Task.WhenAll(domains.Select(domain => verdicts.FindKeptAsync(domain, cancellation)));
        return found.OfType<TlsVerdict>().ToDictionary(verdict => verdict.Domain);
    }
}
