using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>A message rule as callers with role <c>policy</c> see it.</summary>
/// <param name="Rule">What a PUT takes, with its id.</param>
/// <param name="Source"><c>api</c>, <c>configuration</c> or <c>built-in</c>.</param>
/// <param name="UpdatedBy">Who put it; null for a rule that nobody put over the API.</param>
/// <param name="UpdatedAt">When.</param>
internal sealed record MessageRuleView(
    MessageRuleJson Rule,
    string Source,
    string? UpdatedBy = null,
    DateTimeOffset? UpdatedAt = null
)
{
    public static MessageRuleView Of(StoredMessageRule stored) =>
        new(MessageRuleJson.Of(stored.Rule), "api", stored.UpdatedBy, stored.UpdatedAt);

    /// <summary>All rules that count or are switched off, by id.</summary>
    public static IEnumerable<MessageRuleView> All(MessageRuleBook book, IReadOnlyList<StoredMessageRule> stored) =>
        book.Effective([.. stored.Select(entry => entry.Rule)])
            .Select(rule =>
                stored.FirstOrDefault(entry => ReferenceEquals(entry.Rule, rule)) is { } put
                    ? Of(put)
                    : new MessageRuleView(
                        MessageRuleJson.Of(rule),
                        book.Configured.Contains(rule) ? "configuration" : "built-in"
                    )
            )
            .OrderBy(view => view.Rule.Id, StringComparer.Ordinal);
}

/// <summary>The refusals that the routes of message rules share.</summary>
internal static class MessageRuleAnswers
{
    /// <summary>400 naming the fields.</summary>
    public static IActionResult Wrong(IReadOnlyDictionary<string, string[]> errors) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid-rule", errors);

    /// <summary>400 for one field.</summary>
    public static IActionResult Wrong(string field, string message) =>
        Wrong(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>403 where the caller lacks the role; null where it has it.</summary>
    public static IActionResult? Refusal(Caller? caller) =>
        MissingRole.Of(caller, CallerRoles.Policy, "Message rules need the role policy (Callers:n:Roles).");
}
