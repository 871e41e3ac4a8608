using Microsoft.Extensions.Options;
using TlsOrLink.Domains;

namespace TlsOrLink.Routing;

/// <summary>Finds the rule of a recipient domain.</summary>
internal sealed class DomainRules(IOptions<DomainRulesOptions> options)
{
    private readonly Dictionary<MailDomain, DomainRule> rules = options
        .Value.Rules.Select(rule => new DomainRule(MailDomain.Parse(rule.Domain), rule.Action, rule.Minimum))
        .ToDictionary(rule => rule.Domain);

    /// <summary>The rule, or null.</summary>
    public DomainRule? Find(MailDomain domain) => rules.GetValueOrDefault(domain);
}
