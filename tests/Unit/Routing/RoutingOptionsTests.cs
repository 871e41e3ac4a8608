using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Routing;

public sealed class RoutingOptionsTests
{
    [Fact]
    public void Reads_policy_and_rules_from_configuration()
    {
        using var provider = Provider(
            ("Routing:TlsPolicy", "authenticated"),
            ("Routing:OnUnreachable", "link"),
            ("DomainRules:0:Domain", "例え.jp"),
            ("DomainRules:0:Action", "requireTls"),
            ("DomainRules:0:Minimum", "authenticated"),
            ("DomainRules:1:Domain", "b.example"),
            ("DomainRules:1:Action", "forceLink")
        );
        var options = provider.GetRequiredService<IOptions<RoutingOptions>>().Value;
        (options.TlsPolicy, options.OnUnreachable).ShouldBe((TlsPolicy.Authenticated, OnUnreachable.Link));
        var rules = provider.GetRequiredService<DomainRules>();
        rules
            .Find(MailDomain.Parse("xn--r8jz45g.jp"))
            .ShouldBe(new DomainRule(MailDomain.Parse("例え.jp"), DomainAction.RequireTls, TlsPolicy.Authenticated));
        rules.Find(MailDomain.Parse("b.example"))?.Action.ShouldBe(DomainAction.ForceLink);
        rules.Find(MailDomain.Parse("sub.b.example")).ShouldBeNull();
    }

    [Fact]
    public void Defaults_to_verified_and_defer()
    {
        using var provider = Provider();
        var options = provider.GetRequiredService<IOptions<RoutingOptions>>().Value;
        (options.TlsPolicy, options.OnUnreachable).ShouldBe((TlsPolicy.Verified, OnUnreachable.Defer));
    }

    [Theory]
    [InlineData("a..b", "DomainRules:0:Domain")]
    [InlineData("b.example", "b.example")]
    public void Refuses_a_bad_or_repeated_rule_and_names_it(string domain, string named)
    {
        using var provider = Provider(("DomainRules:0:Domain", domain), ("DomainRules:1:Domain", "b.example"));
        Should
            .Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<DomainRulesOptions>>().Value)
            .Message.ShouldContain(named);
    }

    [Fact]
    public void Refuses_a_policy_by_number()
    {
        using var provider = Provider(("Routing:TlsPolicy", "7"));
        Should
            .Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<RoutingOptions>>().Value)
            .Message.ShouldContain("Routing:TlsPolicy");
    }

    private static ServiceProvider Provider(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)
                    )
                    .Build()
            )
            .AddRoutePlanning()
            .BuildServiceProvider();
}
