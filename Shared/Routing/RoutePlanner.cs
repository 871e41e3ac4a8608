using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>Decides the route of a domain's recipients. Attachments go only where a level is proven that meets the policy; all else is a link.</summary>
public static class RoutePlanner
{
    /// <summary>The route, in the order of decision of <c>docs/tls-decision.md</c>: rules, what mail can reach at all, wishes, then the level.</summary>
    public static RoutePlan Plan(RouteQuestion question) =>
        Decide(question) with
        {
            PolicyUnknown = question.Verdict is { Level: TlsLevel.Unknown, Policy: DomainPolicy.None },
            NeverLink = question.Rule is { Action: DomainAction.RequireTls },
            PolicyEnforced = question.Verdict?.Policy is DomainPolicy.MtaStsEnforce or DomainPolicy.Dane,
        };

    /// <summary>The level that the policy and the rule together ask for.</summary>
    public static TlsLevel Required(TlsPolicy policy, DomainRule? rule) =>
        rule?.Minimum is { } minimum && minimum > policy ? LevelOf(minimum) : LevelOf(policy);

    private static RoutePlan Decide(RouteQuestion question) =>
        question switch
        {
            { Rule.Action: DomainAction.Reject } => Without(Route.Undeliverable, RouteReasons.RuleReject, question),
            { Rule.Action: DomainAction.Internal } => Unobserved(question, RouteReasons.RuleInternal),
            { Verdict: { Level: TlsLevel.Undeliverable } verdict } => Without(
                Route.Undeliverable,
                verdict.Reason,
                question
            ),
            { Verdict: { Level: TlsLevel.Unknown, Reason: RouteReasons.PolicyFailed } } => Without(
                Route.Deferred,
                RouteReasons.PolicyFailed,
                question
            ),
            { EgressBlocked: true } or { Verdict: null } => Unobserved(question, RouteReasons.Attested),
            { Verdict: { Level: TlsLevel.Unknown } verdict } => Unreachable(question, verdict.Reason),
            _ => Reached(question, question.Verdict),
        };

    private static RoutePlan Reached(RouteQuestion question, TlsVerdict verdict) =>
        LinkWish(question) is { } wish ? Without(Route.Link, wish, question)
        : question.ByOthers && verdict.Level >= Required(question.Policy, question.Rule)
            ? Unobserved(question, RouteReasons.Attested)
        : verdict.Level >= Required(question.Policy, question.Rule)
            ? new RoutePlan(Route.Tls, verdict.Reason, verdict.Level, verdict.HostsAt(verdict.Level))
        : question.Rule is { Action: DomainAction.RequireTls }
            ? Without(Route.Deferred, RouteReasons.RuleRequireTls, question)
        // Below Verified the verdict's own reason says what is wrong with the host; above, nothing is.
        : Without(Route.Link, verdict.Level < TlsLevel.Verified ? verdict.Reason : RouteReasons.BelowPolicy, question);

    private static RoutePlan Unreachable(RouteQuestion question, string reason) =>
        question is { OnUnreachable: OnUnreachable.Link, Rule: not { Action: DomainAction.RequireTls } }
            ? Without(Route.Link, reason, question)
            : Without(Route.Deferred, reason, question);

    // Nothing of ours sees the recipient's server: only somebody's promise can give route tls.
    private static RoutePlan Unobserved(RouteQuestion question, string reason) =>
        LinkWish(question) is { } wish ? Without(Route.Link, wish, question)
        : question.Attested is { } level && level >= Required(question.Policy, question.Rule)
            ? new RoutePlan(Route.Tls, reason, level, [])
        : question.Rule is { Action: DomainAction.RequireTls }
            ? Without(Route.Deferred, RouteReasons.RuleRequireTls, question)
        : Without(Route.Link, RouteReasons.NotObservable, question);

    private static string? LinkWish(RouteQuestion question) =>
        question switch
        {
            { Rule.Action: DomainAction.ForceLink } => RouteReasons.RuleForceLink,
            { Wish: RouteWish.Link, Rule: not { Action: DomainAction.RequireTls } } => RouteReasons.Wished,
            _ => null,
        };

    private static TlsLevel LevelOf(TlsPolicy policy) =>
        policy switch
        {
            TlsPolicy.Encrypted => TlsLevel.Encrypted,
            TlsPolicy.Authenticated => TlsLevel.Authenticated,
            _ => TlsLevel.Verified,
        };

    private static RoutePlan Without(Route route, string reason, RouteQuestion question) =>
        new(route, reason, question.Verdict?.Level ?? TlsLevel.Unknown, []);
}
