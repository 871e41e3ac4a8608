using CsCheck;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using static TlsOrLink.Tests.Unit.Routing.RoutePlannerTests;

namespace TlsOrLink.Tests.Unit.Routing;

public sealed class RoutePlannerProperties
{
    private static readonly MailDomain Domain = MailDomain.Parse("a.example");

    [Fact]
    public void Defers_a_domain_that_fails_its_own_policy_whatever_else_is_set() =>
        Questions(Gen.Const<TlsVerdict?>(Verdict(TlsLevel.Unknown) with { Reason = RouteReasons.PolicyFailed }))
            .Where(question => question.Rule is not { Action: DomainAction.Reject or DomainAction.Internal })
            .Sample(question =>
                RoutePlanner
                    .Plan(question)
                    .ShouldBeEquivalentTo(
                        new RoutePlan(Route.Deferred, "policy-failed", TlsLevel.Unknown, [])
                        {
                            PolicyUnknown = true,
                            NeverLink = question.Rule is { Action: DomainAction.RequireTls },
                        }
                    )
            );

    [Fact]
    public void Never_sends_attachments_below_the_level_whatever_the_rules() =>
        Questions(
                Gen.Select(
                        Gen.Enum<TlsLevel>(),
                        Gen.OneOf("found", RouteReasons.PolicyFailed),
                        Gen.Enum<TlsLevel>().Array[0, 4],
                        (level, reason, hosts) => Verdict(level, hosts) with { Reason = reason }
                    )
                    .Null()
            )
            .Sample(
                question =>
                {
                    var plan = RoutePlanner.Plan(question);
                    if (plan.Route != Route.Tls)
                    {
                        plan.Hosts.ShouldBeEmpty();
                        return;
                    }

                    var required = RoutePlanner.Required(question.Policy, question.Rule);
                    ((int)required).ShouldBeGreaterThanOrEqualTo((int)question.Policy + (int)TlsLevel.Encrypted);
                    ((int)plan.Level).ShouldBeGreaterThanOrEqualTo((int)required);
                    var observed =
                        question is
                        { EgressBlocked: false, Verdict: not null, Rule: not { Action: DomainAction.Internal } };
                    (observed ? question.Verdict!.Level : question.Attested!.Value).ShouldBe(plan.Level);
                    plan.Hosts.All(host =>
                            question.Verdict!.Hosts.Any(found => found.Host == host && found.Level >= required)
                        )
                        .ShouldBeTrue();
                    question.Rule?.Action.ShouldBeOneOf(
                        DomainAction.Auto,
                        DomainAction.RequireTls,
                        DomainAction.Internal
                    );
                    (
                        question.Wish == RouteWish.Auto || question.Rule?.Action == DomainAction.RequireTls
                    ).ShouldBeTrue();
                },
                iter: Campaign.Inputs
            );

    private static Gen<RouteQuestion> Questions(Gen<TlsVerdict?> verdicts) =>
        Gen.Select(
            Gen.Select(verdicts, Gen.Enum<TlsPolicy>(), (verdict, policy) => new RouteQuestion(verdict, policy)),
            Gen.Select(
                    Gen.Enum<DomainAction>(),
                    Gen.OneOf<TlsPolicy?>(null, TlsPolicy.Encrypted, TlsPolicy.Verified, TlsPolicy.Authenticated),
                    (action, minimum) => new DomainRule(Domain, action, minimum)
                )
                .Null(),
            Gen.Enum<RouteWish>(),
            Gen.Enum<OnUnreachable>(),
            Gen.Bool,
            Gen.OneOf<TlsLevel?>(null, TlsLevel.Encrypted, TlsLevel.Verified),
            (question, rule, wish, unreachable, blocked, attested) =>
                question with
                {
                    Rule = rule,
                    Wish = wish,
                    OnUnreachable = unreachable,
                    EgressBlocked = blocked,
                    Attested = attested,
                }
        );
}
