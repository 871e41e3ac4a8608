using System.ComponentModel.DataAnnotations;
using TlsOrLink.Domains;
using TlsOrLink.Settings;

namespace TlsOrLink.Routing;

/// <summary>Domain rules of the configuration, section <c>DomainRules</c>: a list.</summary>
internal sealed class DomainRulesOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "DomainRules";

    /// <summary>The rules. Default none.</summary>
    public List<DomainRuleSetting> Rules { get; set; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Rules.SelectMany((rule, index) => Faults(rule, $"DomainRules:{index}")).Concat(Repeated());

    private static IEnumerable<ValidationResult> Faults(DomainRuleSetting rule, string path)
    {
        if (!MailDomain.TryParse(rule.Domain, out _))
        {
            yield return new ValidationResult($"{path}:Domain must be a mail domain such as partner.example.");
        }

        if (!Enum.IsDefined(rule.Action))
        {
            yield return new ValidationResult(
                $"{path}:Action must be auto, reject, forceLink, requireTls or internal."
            );
        }

        if (rule.Minimum is { } minimum && !Enum.IsDefined(minimum))
        {
            yield return new ValidationResult($"{path}:Minimum must be encrypted, verified or authenticated.");
        }
    }

    private IEnumerable<ValidationResult> Repeated() =>
        Rules
            .Where(rule => MailDomain.TryParse(rule.Domain, out _))
            .GroupBy(rule => MailDomain.Parse(rule.Domain))
            .Where(group => group.Skip(1).Any())
            .Select(group => new ValidationResult($"DomainRules has more than one rule for {group.Key}: keep one."));
}

/// <summary>One rule as configuration has it.</summary>
internal sealed class DomainRuleSetting
{
    /// <summary>The recipient domain, exactly (no subdomains).</summary>
    [Example("partner.example")]
    public string Domain { get; set; } = "";

    /// <summary><c>auto</c>, <c>reject</c>, <c>forceLink</c>, <c>requireTls</c> or <c>internal</c>. Default <c>auto</c>.</summary>
    public DomainAction Action { get; set; }

    /// <summary>A TLS policy that holds where it is stricter than the message's: <c>encrypted</c>, <c>verified</c> or <c>authenticated</c>. Default none.</summary>
    [Example("verified")]
    public TlsPolicy? Minimum { get; set; }
}
