using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Routing;

namespace TlsOrLink.Functions.Http;

/// <summary>A domain's rules as callers with role <c>policy</c> see them.</summary>
/// <param name="Stored">What was put over the API; null for nothing.</param>
/// <param name="Configured">What the configuration says; null for nothing.</param>
/// <param name="Effective">What counts.</param>
internal sealed record DomainRuleView(
    string Domain,
    RuleView? Stored,
    RuleView? Configured,
    RuleView Effective,
    string? UpdatedBy,
    DateTimeOffset? UpdatedAt
)
{
    /// <summary>Null where the domain has no rule.</summary>
    public static DomainRuleView? Of(DomainRule? configured, StoredRule? stored) =>
        RuleMerge.Merge(configured, stored?.Rule) is { } effective
            ? new(
                effective.Domain.Name,
                stored is null ? null : RuleView.Of(stored.Rule),
                configured is null ? null : RuleView.Of(configured),
                RuleView.Of(effective),
                stored?.UpdatedBy,
                stored?.UpdatedAt
            )
            : null;
}

/// <summary>The refusals that the routes of domain rules share.</summary>
internal static class DomainRuleAnswers
{
    /// <summary>What is wrong with the domain in the path.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> NotADomain = new Dictionary<string, string[]>(
        StringComparer.Ordinal
    )
    {
        ["domain"] = ["Must be a mail domain such as partner.example."],
    };

    /// <summary>400 naming the fields.</summary>
    public static IActionResult Wrong(IReadOnlyDictionary<string, string[]> errors) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid-rule", errors);

    /// <summary>403 where the caller lacks the role; null where it has it.</summary>
    public static IActionResult? Refusal(Caller? caller) =>
        MissingRole.Of(caller, CallerRoles.Policy, "Domain rules need the role policy (Callers:n:Roles).");
}
