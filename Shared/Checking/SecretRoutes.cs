using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Routing;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Checking;

/// <inheritdoc cref="ISecretRoutes"/>
internal sealed class SecretRoutes(
    IVerdicts verdicts,
    RouteDesk routes,
    IAttestation attestation,
    IOptions<RoutingOptions> options
) : ISecretRoutes
{
    /// <inheritdoc/>
    public async Task<RoutePlan?> FindAsync(MailDomain domain, TlsPolicy? wished, CancellationToken cancellation)
    {
        var found = await routes.PlanAsync(
            domain,
            () => verdicts.GetAsync(domain, cancellation),
            wished,
            RouteWish.Auto,
            cancellation
        );
        return found.Plan.Route == Route.Tls ? found.Plan
            // That files always go by link says nothing of the domain's TLS.
            : found is { Rule: { Action: DomainAction.ForceLink } rule, Verdict: { } verdict } && attestation.SeesItself
                ? Directly(
                    new RouteQuestion(verdict, Stricter(wished)) { Rule = rule with { Action = DomainAction.Auto } }
                )
            : null;
    }

    private TlsPolicy Stricter(TlsPolicy? wished) =>
        wished is { } policy && policy > options.Value.TlsPolicy ? policy : options.Value.TlsPolicy;

    private static RoutePlan? Directly(RouteQuestion question) =>
        RoutePlanner.Plan(question) is { Route: Route.Tls } plan ? plan : null;
}
