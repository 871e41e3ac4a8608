using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Routing;

public sealed class RoutePlannerTests
{
    private static readonly MailDomain Domain = MailDomain.Parse("a.example");

    [Theory]
    [InlineData(TlsLevel.Authenticated, TlsPolicy.Authenticated, Route.Tls, "found")]
    [InlineData(TlsLevel.Authenticated, TlsPolicy.Verified, Route.Tls, "found")]
    [InlineData(TlsLevel.Authenticated, TlsPolicy.Encrypted, Route.Tls, "found")]
    [InlineData(TlsLevel.Verified, TlsPolicy.Authenticated, Route.Link, RouteReasons.BelowPolicy)]
    [InlineData(TlsLevel.Verified, TlsPolicy.Verified, Route.Tls, "found")]
    [InlineData(TlsLevel.Verified, TlsPolicy.Encrypted, Route.Tls, "found")]
    [InlineData(TlsLevel.Encrypted, TlsPolicy.Authenticated, Route.Link, "found")]
    [InlineData(TlsLevel.Encrypted, TlsPolicy.Verified, Route.Link, "found")]
    [InlineData(TlsLevel.Encrypted, TlsPolicy.Encrypted, Route.Tls, "found")]
    [InlineData(TlsLevel.None, TlsPolicy.Authenticated, Route.Link, "found")]
    [InlineData(TlsLevel.None, TlsPolicy.Verified, Route.Link, "found")]
    [InlineData(TlsLevel.None, TlsPolicy.Encrypted, Route.Link, "found")]
    [InlineData(TlsLevel.Unknown, TlsPolicy.Verified, Route.Deferred, "found")]
    [InlineData(TlsLevel.Unknown, TlsPolicy.Encrypted, Route.Deferred, "found")]
    [InlineData(TlsLevel.Undeliverable, TlsPolicy.Verified, Route.Undeliverable, "found")]
    [InlineData(TlsLevel.Undeliverable, TlsPolicy.Encrypted, Route.Undeliverable, "found")]
    public void Decides_by_verdict_and_policy(TlsLevel level, TlsPolicy policy, Route route, string reason)
    {
        var plan = RoutePlanner.Plan(new RouteQuestion(Verdict(level), policy));
        (plan.Route, plan.Reason).ShouldBe((route, reason));
        plan.Hosts.Count.ShouldBe(route == Route.Tls ? 1 : 0);
    }

    [Fact]
    public void Records_the_level_that_was_proven_and_only_hosts_that_reached_it()
    {
        var verdict = Verdict(TlsLevel.Authenticated) with
        {
            Hosts =
            [
                new HostEvidence("weak.example", 5, TlsLevel.Verified, "x"),
                new HostEvidence("mx1.example", 10, TlsLevel.Authenticated, "x"),
                new HostEvidence("mx2.example", 20, TlsLevel.Authenticated, "x"),
            ],
        };
        var plan = RoutePlanner.Plan(new RouteQuestion(verdict, TlsPolicy.Verified));
        plan.Level.ShouldBe(TlsLevel.Authenticated, "sending must not be downgraded after the probe");
        plan.Hosts.ShouldBe(["mx1.example", "mx2.example"]);
    }

    [Theory]
    [InlineData(DomainAction.Reject, TlsLevel.Authenticated, Route.Undeliverable, RouteReasons.RuleReject)]
    [InlineData(DomainAction.Reject, TlsLevel.Unknown, Route.Undeliverable, RouteReasons.RuleReject)]
    [InlineData(DomainAction.ForceLink, TlsLevel.Authenticated, Route.Link, RouteReasons.RuleForceLink)]
    [InlineData(DomainAction.ForceLink, TlsLevel.None, Route.Link, RouteReasons.RuleForceLink)]
    [InlineData(DomainAction.ForceLink, TlsLevel.Unknown, Route.Deferred, "found")]
    [InlineData(DomainAction.ForceLink, TlsLevel.Undeliverable, Route.Undeliverable, "found")]
    [InlineData(DomainAction.RequireTls, TlsLevel.Verified, Route.Tls, "found")]
    [InlineData(DomainAction.RequireTls, TlsLevel.Encrypted, Route.Deferred, RouteReasons.RuleRequireTls)]
    [InlineData(DomainAction.RequireTls, TlsLevel.None, Route.Deferred, RouteReasons.RuleRequireTls)]
    [InlineData(DomainAction.RequireTls, TlsLevel.Unknown, Route.Deferred, "found")]
    [InlineData(DomainAction.RequireTls, TlsLevel.Undeliverable, Route.Undeliverable, "found")]
    [InlineData(DomainAction.Auto, TlsLevel.Verified, Route.Tls, "found")]
    public void Follows_the_domain_rule(DomainAction action, TlsLevel level, Route route, string reason)
    {
        var plan = RoutePlanner.Plan(
            new RouteQuestion(Verdict(level), TlsPolicy.Verified) { Rule = new DomainRule(Domain, action) }
        );
        (plan.Route, plan.Reason).ShouldBe((route, reason));
    }

    [Theory]
    [InlineData(TlsPolicy.Verified, TlsPolicy.Authenticated, Route.Link)]
    [InlineData(TlsPolicy.Authenticated, TlsPolicy.Encrypted, Route.Link)]
    [InlineData(TlsPolicy.Verified, TlsPolicy.Encrypted, Route.Tls)]
    public void Lets_a_minimum_tighten_the_policy_and_never_loosen_it(
        TlsPolicy policy,
        TlsPolicy minimum,
        Route route
    ) =>
        RoutePlanner
            .Plan(
                new RouteQuestion(Verdict(TlsLevel.Verified), policy)
                {
                    Rule = new DomainRule(Domain, DomainAction.Auto, minimum),
                }
            )
            .Route.ShouldBe(route);

    [Theory]
    [InlineData(OnUnreachable.Defer, DomainAction.Auto, Route.Deferred)]
    [InlineData(OnUnreachable.Link, DomainAction.Auto, Route.Link)]
    [InlineData(OnUnreachable.Link, DomainAction.RequireTls, Route.Deferred)]
    public void Follows_the_setting_for_a_domain_that_cannot_be_judged(
        OnUnreachable setting,
        DomainAction action,
        Route route
    ) =>
        RoutePlanner
            .Plan(
                new RouteQuestion(Verdict(TlsLevel.Unknown), TlsPolicy.Verified)
                {
                    OnUnreachable = setting,
                    Rule = new DomainRule(Domain, action),
                }
            )
            .Route.ShouldBe(route);

    [Theory]
    [InlineData(DomainPolicy.None, false)]
    [InlineData(DomainPolicy.MtaStsTesting, false)]
    [InlineData(DomainPolicy.MtaStsEnforce, true)]
    [InlineData(DomainPolicy.Dane, true)]
    public void Says_whether_the_domain_enforces_a_policy_of_its_own(DomainPolicy policy, bool enforced) =>
        RoutePlanner
            .Plan(new RouteQuestion(Verdict(TlsLevel.Authenticated) with { Policy = policy }, TlsPolicy.Verified))
            .PolicyEnforced.ShouldBe(enforced);

    [Fact]
    public void Gives_a_link_that_the_sender_asked_for()
    {
        var plan = RoutePlanner.Plan(
            new RouteQuestion(Verdict(TlsLevel.Authenticated), TlsPolicy.Verified) { Wish = RouteWish.Link }
        );
        (plan.Route, plan.Reason).ShouldBe((Route.Link, RouteReasons.Wished));
    }

    [Theory]
    [InlineData(null, TlsPolicy.Verified, DomainAction.Auto, Route.Link, RouteReasons.NotObservable)]
    [InlineData(TlsLevel.Verified, TlsPolicy.Verified, DomainAction.Auto, Route.Tls, RouteReasons.Attested)]
    [InlineData(TlsLevel.Verified, TlsPolicy.Authenticated, DomainAction.Auto, Route.Link, RouteReasons.NotObservable)]
    [InlineData(TlsLevel.Verified, TlsPolicy.Verified, DomainAction.ForceLink, Route.Link, RouteReasons.RuleForceLink)]
    [InlineData(null, TlsPolicy.Verified, DomainAction.RequireTls, Route.Deferred, RouteReasons.RuleRequireTls)]
    public void Rests_on_what_is_attested_while_port_25_is_shut(
        TlsLevel? attested,
        TlsPolicy policy,
        DomainAction action,
        Route route,
        string reason
    )
    {
        foreach (var level in new[] { TlsLevel.Unknown, TlsLevel.None, TlsLevel.Verified })
        {
            var plan = RoutePlanner.Plan(
                new RouteQuestion(Verdict(level), policy)
                {
                    EgressBlocked = true,
                    Attested = attested,
                    Rule = new DomainRule(Domain, action),
                }
            );
            (plan.Route, plan.Reason).ShouldBe((route, reason));
            plan.Hosts.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(TlsLevel.Verified, Route.Tls, RouteReasons.RuleInternal)]
    [InlineData(null, Route.Link, RouteReasons.NotObservable)]
    public void Hands_an_internal_domain_to_the_relay_without_a_verdict(TlsLevel? attested, Route route, string reason)
    {
        var plan = RoutePlanner.Plan(
            new RouteQuestion(null, TlsPolicy.Verified)
            {
                Attested = attested,
                Rule = new DomainRule(Domain, DomainAction.Internal),
            }
        );
        (plan.Route, plan.Reason).ShouldBe((route, reason));
    }

    internal static TlsVerdict Verdict(TlsLevel level, params TlsLevel[] hosts) =>
        new(
            Domain,
            level,
            "found",
            DomainPolicy.None,
            [.. hosts.DefaultIfEmpty(level).Select((host, i) => new HostEvidence($"mx{i}.example", i, host, "found"))],
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch
        );
}
