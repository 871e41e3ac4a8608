using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>What a domain's route was decided from, and the route.</summary>
/// <param name="Rule">The rule that counts; null for none.</param>
/// <param name="Verdict">What probing found; null where the rule leaves nothing to probe.</param>
/// <param name="Plan">The route with its reason.</param>
internal sealed record RoutedDomain(DomainRule? Rule, TlsVerdict? Verdict, RoutePlan Plan);

/// <summary>Asks <see cref="RoutePlanner"/> with the operator's settings and rules.</summary>
internal sealed class RouteDesk(IOptions<RoutingOptions> options, RuleBook rules, IAttestation attestation)
{
    /// <summary>The route of a domain's recipients.</summary>
    /// <param name="domain">The recipient domain.</param>
    /// <param name="probe">Finds the verdict; not called for a domain that a rule rejects or keeps inside.</param>
    /// <param name="wished">A policy that the caller asked for; it counts where it is stricter than the operator's. Null for none.</param>
    /// <param name="wish">What the caller asked for.</param>
    /// <param name="cancellation">Stops the reading of the rules.</param>
    /// <exception cref="Faults.TransientFault">The rules cannot be read: without them nothing is decided.</exception>
    public async Task<RoutedDomain> PlanAsync(
        MailDomain domain,
        Func<Task<TlsVerdict>> probe,
        TlsPolicy? wished,
        RouteWish wish,
        CancellationToken cancellation
    )
    {
        var rule = await rules.FindAsync(domain, cancellation);
        var verdict = rule is { Action: DomainAction.Reject or DomainAction.Internal } ? null : await probe();
        var promise = attestation.SeesItself ? null : await attestation.FindAsync(cancellation);
        return new RoutedDomain(rule, verdict, Plan(rule, verdict, wished, wish, promise));
    }

    private RoutePlan Plan(DomainRule? rule, TlsVerdict? verdict, TlsPolicy? wished, RouteWish wish, TlsLevel? promise)
    {
        var policy = wished is { } stricter && stricter > options.Value.TlsPolicy ? stricter : options.Value.TlsPolicy;
        return RoutePlanner.Plan(
            new RouteQuestion(verdict, policy)
            {
                Rule = rule,
                Wish = wish,
                OnUnreachable = options.Value.OnUnreachable,
                Attested = promise,
                ByOthers = !attestation.SeesItself,
                EgressBlocked = verdict is { Reason: ProbingReasons.EgressBlocked },
            }
        );
    }
}
