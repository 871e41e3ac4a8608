using System.Text.Json;
using TlsOrLink.Domains;

namespace TlsOrLink.Routing;

/// <summary>A domain rule as the API takes it: <c>{ "action": …, "minimum": … }</c>, or what is wrong with it.</summary>
/// <param name="Rule">The rule; null where it has errors.</param>
/// <param name="Errors">Per field what is wrong and what would be right.</param>
internal sealed record RuleForm(DomainRule? Rule, IReadOnlyDictionary<string, string[]> Errors)
{
    private const string ActionField = "action";
    private const string MinimumField = "minimum";
    private const string Actions = "Must be auto, reject, force-link, require-tls or internal.";
    private const string Minimums = "Must be encrypted, verified, authenticated or null.";

    /// <summary>Reads the body of a PUT.</summary>
    public static RuleForm Read(MailDomain domain, JsonElement body, DomainRule? configured)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["$"] = ["Must be an object with action, minimum or both."];
            return new RuleForm(null, errors);
        }

        foreach (var field in body.EnumerateObject().Where(field => !IsKnown(field.Name)))
        {
            errors[field.Name] = ["Unknown field. A rule has action and minimum."];
        }

        var action = Word<DomainAction>(body, ActionField, Actions, errors) ?? DomainAction.Auto;
        var minimum = Word<TlsPolicy>(body, MinimumField, Minimums, errors);
        if (errors.Count == 0 && action == DomainAction.Auto && minimum is null)
        {
            errors[ActionField] = ["The rule says nothing: give an action or a minimum. DELETE removes a rule."];
        }

        if (RuleMerge.IsOverridden(configured, action))
        {
            errors[ActionField] =
            [
                $"The configuration says {configured!.Action} for this domain, which this action cannot change.",
            ];
        }

        return new RuleForm(errors.Count == 0 ? new DomainRule(domain, action, minimum) : null, errors);
    }

    private static bool IsKnown(string field) => field is ActionField or MinimumField;

    private static T? Word<T>(JsonElement body, string field, string wanted, Dictionary<string, string[]> errors)
        where T : struct, Enum
    {
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        // force-link in the words of the specification, forceLink as configuration has it.
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var word = text.Replace("-", "", StringComparison.Ordinal);
        if (word.Length > 0 && word.All(char.IsAsciiLetter) && Enum.TryParse<T>(word, ignoreCase: true, out var known))
        {
            return known;
        }

        errors[field] = [wanted];
        return null;
    }
}
