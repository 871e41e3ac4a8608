using TlsOrLink.Screening.Numbers;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Screening;

/// <summary>A rule in the words of the API. Pure.</summary>
internal static class RuleWords
{
    /// <summary>The kind of that name; null for none.</summary>
    public static NumberKind? NumberKindOf(string word) =>
        word switch
        {
            "my-number" => NumberKind.MyNumber,
            "card-number" => NumberKind.CardNumber,
            "corporate-number" => NumberKind.CorporateNumber,
            _ => null,
        };

    /// <summary>The name of a kind.</summary>
    public static string Word(this NumberKind kind) =>
        kind switch
        {
            NumberKind.MyNumber => "my-number",
            NumberKind.CardNumber => "card-number",
            _ => "corporate-number",
        };

    /// <summary>The name of an action.</summary>
    public static string Word(this RuleAction action) => action.ToString().ToLowerInvariant();

    /// <summary>The names of sections.</summary>
    public static IReadOnlyList<string> Words(this Section sections) =>
        [
            .. new[]
            {
                (Section.Subject, "subject"),
                (Section.Body, "body"),
                (Section.FileNames, "file-names"),
                (Section.Files, "files"),
            }
                .Where(section => sections.HasFlag(section.Item1))
                .Select(section => section.Item2),
        ];
}

/// <summary>A rule as the API gives it: what a PUT takes, with its id.</summary>
internal sealed record MessageRuleJson(
    string Id,
    bool Enabled,
    string Action,
    IReadOnlyList<string>? Senders,
    RecipientConditionsJson? Recipients,
    WordConditionsJson? Words,
    FileConditionsJson? Files,
    NumberConditionsJson? PersonalData
)
{
    public static MessageRuleJson Of(MessageRule rule) =>
        new(
            rule.Id,
            rule.Enabled,
            rule.Action.Word(),
            rule.Senders.Count > 0 ? rule.Senders : null,
            rule.Recipients is { } to
                ? new(
                    to.External,
                    to.Domains.Count > 0 ? to.Domains : null,
                    to.NeverMailed,
                    to.LookAlike,
                    to.VisibleOver
                )
                : null,
            rule.Words is { } words ? new(words.Any, words.Whole ? "word" : "literal", words.In.Words()) : null,
            rule.Files is { } files
                ? new(files.Types.Count > 0 ? files.Types : null, files.OverBytes, files.Encrypted, files.NotRead)
                : null,
            rule.Numbers is { } numbers ? new([.. numbers.Kinds.Select(kind => kind.Word())], numbers.AtLeast) : null
        );
}

/// <summary><c>recipients</c> of a rule.</summary>
internal sealed record RecipientConditionsJson(
    bool External,
    IReadOnlyList<string>? Domains,
    bool NeverMailed,
    bool LookAlike,
    int? VisibleOver
);

/// <summary><c>words</c> of a rule.</summary>
internal sealed record WordConditionsJson(IReadOnlyList<string> Any, string Match, IReadOnlyList<string> In);

/// <summary><c>files</c> of a rule.</summary>
internal sealed record FileConditionsJson(IReadOnlyList<string>? Types, long? OverBytes, bool Encrypted, bool NotRead);

/// <summary><c>personalData</c> of a rule.</summary>
internal sealed record NumberConditionsJson(IReadOnlyList<string> Kinds, int AtLeast);
