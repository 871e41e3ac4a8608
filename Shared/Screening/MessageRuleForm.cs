using System.Text.Json;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Screening.Numbers;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Screening;

/// <summary>A rule as the API and the configuration write it, or what is wrong with it.</summary>
/// <param name="Rule">The rule; null where it has errors.</param>
/// <param name="Errors">Per field what is wrong and what would be right.</param>
internal sealed record MessageRuleForm(MessageRule? Rule, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>What an id has to be.</summary>
    public const string IdWanted = "Must be 1 to 64 lower-case letters, digits or hyphens.";

    private const int MaxItems = 200;
    private const int MaxWord = 100;
    private const long MaxBytes = 1L << 40;

    /// <summary>The id can be that of a rule.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Reads the JSON of a rule.</summary>
    /// <param name="groups">Names of the groups of senders that are configured.</param>
    public static MessageRuleForm Read(string id, JsonElement body, IReadOnlyCollection<string> groups)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!IsId(id))
        {
            errors["id"] = [IdWanted];
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["$"] = ["Must be an object with action and at least one condition."];
            return new MessageRuleForm(null, errors);
        }

        var fields = new RuleFields(body, "", errors);
        var rule = new MessageRule(id, fields.Flag("enabled", absent: true), Action(fields))
        {
            Senders = fields.List(
                "senders",
                MaxItems,
                sender => IsSender(sender, groups) ? sender : null,
                "An address, *@domain, or the name of a group (Screening:Groups)."
            ),
            Recipients = fields.Object("recipients") is { } recipients ? Recipients(recipients) : null,
            Words = fields.Object("words") is { } words ? Words(words) : null,
            Files = fields.Object("files") is { } files ? Files(files) : null,
            Numbers = fields.Object("personalData") is { } numbers ? Numbers(numbers) : null,
        };
        fields.End();
        if (errors.Count == 0 && rule is { Senders.Count: 0, Recipients: null, NeedsContent: false })
        {
            errors["$"] =
            [
                "The rule has no condition: it would meet every message. Give senders, recipients, words, files or personalData.",
            ];
        }

        return new MessageRuleForm(errors.Count == 0 ? rule : null, errors);
    }

    private static RuleAction Action(RuleFields fields)
    {
        var word = fields.Word("action", "warn", "link", "hold", "approve", "reject");
        return word is not null ? Enum.Parse<RuleAction>(word, ignoreCase: true)
            : fields.Find("action") is null
                ? fields.Wrong("action", "Is missing. Must be warn, link, hold, approve or reject.", RuleAction.Warn)
            : RuleAction.Warn;
    }

    private static RecipientConditions Recipients(RuleFields fields)
    {
        var conditions = new RecipientConditions
        {
            External = fields.Flag("external"),
            Domains = fields.List("domains", MaxItems, Domain, "A mail domain, or *. and one for all under it."),
            NeverMailed = fields.Flag("neverMailed"),
            LookAlike = fields.Flag("lookAlike"),
            VisibleOver = (int?)fields.Number("visibleOver", 0, 10_000),
        };
        fields.End();
        return conditions is { AsksForDomains: false, VisibleOver: null }
            ? Empty(fields, "external, domains, neverMailed, lookAlike or visibleOver", conditions)
            : conditions;
    }

    private static WordConditions Words(RuleFields fields)
    {
        var any = fields.List(
            "any",
            MaxItems,
            word => word.Trim().Length is > 0 and <= MaxWord && !word.Any(char.IsControl) ? word.Trim() : null,
            $"A word or phrase of 1 to {MaxWord} characters on one line."
        );
        var whole = fields.Word("match", "literal", "word") is "word";
        var sections = fields.List(
            "in",
            4,
            section => SectionOf(section) is null ? null : section,
            "subject, body, file-names or files."
        );
        if (fields.Find("any") is null)
        {
            fields.Wrong("any", "Is missing. Give a list of words.", false);
        }

        fields.End();
        var all = sections.Aggregate(Section.None, (sum, section) => sum | SectionOf(section)!.Value);
        return new WordConditions(any, whole, sections.Count == 0 ? Section.All : all);
    }

    private static FileConditions Files(RuleFields fields)
    {
        var conditions = new FileConditions
        {
            Types = fields.List(
                "types",
                MaxItems,
                Type,
                "An extension without dot, or a kind such as zip, exe or ole."
            ),
            OverBytes = fields.Number("overBytes", 0, MaxBytes),
            Encrypted = fields.Flag("encrypted"),
            NotRead = fields.Flag("notRead"),
        };
        fields.End();
        return conditions is { Types.Count: 0, OverBytes: null, Encrypted: false, NotRead: false }
            ? Empty(fields, "types, overBytes, encrypted or notRead", conditions)
            : conditions;
    }

    private static NumberConditions Numbers(RuleFields fields)
    {
        var kinds = fields.List(
            "kinds",
            3,
            kind => RuleWords.NumberKindOf(kind) is null ? null : kind,
            "my-number, card-number or corporate-number."
        );
        var atLeast = (int)(fields.Number("atLeast", 1, 10_000) ?? 1);
        fields.End();
        return new NumberConditions(
            kinds.Count == 0
                ? [NumberKind.MyNumber, NumberKind.CardNumber]
                : [.. kinds.Select(kind => RuleWords.NumberKindOf(kind)!.Value)],
            atLeast
        );
    }

    private static T Empty<T>(RuleFields fields, string wanted, T conditions) =>
        fields.Wrong("$", $"Asks for nothing: give {wanted}.", conditions);

    private static bool IsSender(string text, IReadOnlyCollection<string> groups) =>
        text.Contains('@', StringComparison.Ordinal)
            ? SenderPattern.Parse(text) is not null
            : groups.Contains(text, StringComparer.Ordinal);

    private static string? Domain(string text)
    {
        // What stands before the star's dot is any label: *.jp is all of Japan.
        var under = text.StartsWith("*.", StringComparison.Ordinal);
        return !MailDomain.TryParse(under ? $"x{text[1..]}" : text, out var domain) ? null
            : under ? $"*{domain.Name[1..]}"
            : domain.Name;
    }

    private static string? Type(string text)
    {
        var type = text.TrimStart('.').ToLowerInvariant();
        return type.Length is > 0 and <= 20 && type.All(char.IsAsciiLetterOrDigit) ? type : null;
    }

    private static Section? SectionOf(string word) =>
        word switch
        {
            "subject" => Section.Subject,
            "body" => Section.Body,
            "file-names" => Section.FileNames,
            "files" => Section.Files,
            _ => null,
        };
}
