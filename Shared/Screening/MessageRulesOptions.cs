using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace TlsOrLink.Screening;

/// <summary>Section <c>MessageRules</c>: a list, <c>MessageRules:0:Id</c> and so on.</summary>
internal sealed class MessageRulesOptions
{
    public const string Section = "MessageRules";

    /// <summary>The rules. Default none.</summary>
    public List<MessageRuleSetting> Rules { get; set; } = [];

    /// <summary>The rules of the configuration.</summary>
    /// <param name="groups">Names of the configured groups of senders.</param>
    /// <param name="wrong">Takes what is wrong with them.</param>
    public IEnumerable<MessageRule> Read(IReadOnlyCollection<string> groups, Action<string> wrong)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var (index, setting) in Rules.Index())
        {
            var form = Read(setting, groups);
            foreach (var (field, messages) in form.Errors)
            {
                wrong($"{Section}:{index}:{(field is "id" ? "Id" : $"Rule: {field}")}: {messages[0]}");
            }

            if (!ids.Add(setting.Id))
            {
                wrong($"{Section}:{index}:Id is that of another rule; each needs its own.");
            }

            if (form.Rule is { } rule)
            {
                yield return rule;
            }
        }
    }

    private static MessageRuleForm Read(MessageRuleSetting setting, IReadOnlyCollection<string> groups)
    {
        try
        {
            using var json = JsonDocument.Parse(setting.Rule);
            return MessageRuleForm.Read(setting.Id, json.RootElement, groups);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new MessageRuleForm(
                null,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$"] = ["Must be JSON."] }
            );
        }
    }
}

/// <summary>One rule as configured.</summary>
internal sealed class MessageRuleSetting
{
    /// <summary>1 to 64 lower-case letters, digits, hyphens. A rule of the API with the same id counts beside it: neither loosens the other.</summary>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>The rule as JSON, as <c>PUT /api/message-rules/{id}</c> takes it: see docs/message-rules.md.</summary>
    [Required]
    public string Rule { get; set; } = "";
}
