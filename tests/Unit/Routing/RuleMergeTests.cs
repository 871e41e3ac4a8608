using System.Text.Json;
using CsCheck;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Routing;

public sealed class RuleMergeTests
{
    private static readonly MailDomain Partner = MailDomain.Parse("partner.example");

    private static readonly Gen<DomainRule> Rules = Gen.Select(
        Gen.Enum<DomainAction>(),
        Gen.OneOf(Gen.Const((TlsPolicy?)null), Gen.Enum<TlsPolicy>().Select(policy => (TlsPolicy?)policy)),
        (action, minimum) => new DomainRule(Partner, action, minimum)
    );

    [Theory]
    [InlineData("Auto", "ForceLink", "ForceLink")]
    [InlineData("ForceLink", "Auto", "ForceLink")]
    [InlineData("ForceLink", "Reject", "Reject")]
    [InlineData("Reject", "ForceLink", "Reject")]
    [InlineData("ForceLink", "RequireTls", "ForceLink")]
    [InlineData("RequireTls", "ForceLink", "RequireTls")]
    [InlineData("Internal", "ForceLink", "Internal")]
    [InlineData("Auto", "Auto", "Auto")]
    public void Reject_wins_then_the_configuration_then_the_api(string configured, string stored, string expected) =>
        RuleMerge
            .Merge(
                new DomainRule(Partner, Enum.Parse<DomainAction>(configured)),
                new DomainRule(Partner, Enum.Parse<DomainAction>(stored))
            )!
            .Action.ShouldBe(Enum.Parse<DomainAction>(expected));

    [Fact]
    public void Of_two_minimums_the_stricter_holds() =>
        Gen.Select(Rules, Rules)
            .Sample(
                (one, other) =>
                    RuleMerge.Merge(one, other)!.Minimum == new[] { one.Minimum, other.Minimum }.Max(minimum => minimum)
            );

    [Fact]
    public void A_rule_of_the_api_never_gives_attachments_a_way_that_the_configuration_closed() =>
        Gen.Select(Rules, Rules, Gen.Enum<TlsLevel>(), Gen.Enum<TlsPolicy>())
            .Sample(
                (configured, stored, level, policy) =>
                {
                    var alone = Plan(configured, level, policy);
                    var merged = Plan(RuleMerge.Merge(configured, stored)!, level, policy);
                    return merged.Route != Route.Tls || alone.Route == Route.Tls;
                }
            );

    [Fact]
    public void One_rule_alone_is_the_rule()
    {
        var rule = new DomainRule(Partner, DomainAction.RequireTls, TlsPolicy.Authenticated);

        RuleMerge.Merge(rule, null).ShouldBe(rule);
        RuleMerge.Merge(null, rule).ShouldBe(rule);
        RuleMerge.Merge(null, null).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"action":"force-link"}""", "ForceLink", null)]
    [InlineData("""{"action":"requireTls","minimum":"authenticated"}""", "RequireTls", "Authenticated")]
    [InlineData("""{"minimum":"verified"}""", "Auto", "Verified")]
    [InlineData("""{"action":"reject","minimum":null}""", "Reject", null)]
    public void A_form_reads_the_words_of_the_specification(string json, string action, string? minimum)
    {
        var rule = Read(json).Rule.ShouldNotBeNull();

        rule.Action.ToString().ShouldBe(action);
        rule.Minimum?.ToString().ShouldBe(minimum);
    }

    [Theory]
    [InlineData("""{"action":"allow"}""", "action")]
    [InlineData("""{"action":"1"}""", "action")]
    [InlineData("""{"action":"reject,internal"}""", "action")]
    [InlineData("""{"action":3}""", "action")]
    [InlineData("""{"action":"reject","minimum":"none"}""", "minimum")]
    [InlineData("""{"action":"reject","level":"none"}""", "level")]
    [InlineData("""{"action":"auto"}""", "action")]
    [InlineData("{}", "action")]
    [InlineData("[]", "$")]
    public void A_form_that_is_wrong_names_the_field(string json, string field)
    {
        var form = Read(json);

        form.Rule.ShouldBeNull();
        form.Errors.Keys.ShouldBe([field]);
        form.Errors[field].ShouldAllBe(text => text.Length > 10);
    }

    [Fact]
    public void An_action_that_the_configuration_overrides_is_refused()
    {
        var configured = new DomainRule(Partner, DomainAction.ForceLink);

        Read("""{"action":"require-tls"}""", configured).Errors.Keys.ShouldBe(["action"]);
        Read("""{"action":"reject"}""", configured).Rule.ShouldNotBeNull();
        Read("""{"minimum":"authenticated"}""", configured).Rule.ShouldNotBeNull();
    }

    private static RuleForm Read(string json, DomainRule? configured = null) =>
        RuleForm.Read(Partner, JsonDocument.Parse(json).RootElement, configured);

    private static RoutePlan Plan(DomainRule rule, TlsLevel level, TlsPolicy policy) =>
        RoutePlanner.Plan(
            new RouteQuestion(
                new TlsVerdict(
                    Partner,
                    level,
                    "r",
                    DomainPolicy.None,
                    [],
                    DateTimeOffset.MinValue,
                    DateTimeOffset.MaxValue
                ),
                policy
            )
            {
                Rule = rule,
            }
        );
}
