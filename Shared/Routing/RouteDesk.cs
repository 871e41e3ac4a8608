using Microsoft.Extensions.Options;
using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>Asks <see cref="RoutePlanner"/> with the operator's settings and rules.</summary>
internal sealed class RouteDesk(IOptions<RoutingOptions> options, DomainRules rules)
{
    /// <summary>The route of a domain's recipients.</summary>
    /// <param name="verdict">What probing found.</param>
    /// <param name="wished">A policy that the caller asked for; it counts where it is stricter than the operator's. Null for none.</param>
    /// <param name="wish">What the caller asked for.</param>
    public RoutePlan Plan(TlsVerdict verdict, TlsPolicy? wished, RouteWish wish)
    {
        var policy = wished is { } stricter && stricter > options.Value.TlsPolicy ? stricter : options.Value.TlsPolicy;
        return RoutePlanner.Plan(
            new RouteQuestion(verdict, policy)
            {
                Rule = rules.Find(verdict.Domain),
                Wish = wish,
                OnUnreachable = options.Value.OnUnreachable,
                EgressBlocked = verdict is { Reason: ProbingReasons.EgressBlocked },
            }
        );
    }
}
