using System.Globalization;
using System.Text.Json;

namespace TlsOrLink.Screening;

/// <summary>Reads the fields of one JSON object and collects what is wrong with them.</summary>
/// <param name="body">The object.</param>
/// <param name="path">Its path with a dot at the end; empty for the whole.</param>
/// <param name="errors">Per field what is wrong and what would be right.</param>
internal sealed class RuleFields(JsonElement body, string path, Dictionary<string, string[]> errors)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>A field that is absent or null is null.</summary>
    public JsonElement? Find(string field)
    {
        known.Add(field);
        return body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string field, bool absent = false) =>
        Find(field) switch
        {
            null => absent,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => Wrong(field, "Must be true or false.", absent),
        };

    /// <summary>A whole number in a range.</summary>
    public long? Number(string field, long min, long max) =>
        Find(field) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } value
                when value.TryGetInt64(out var number) && number >= min && number <= max => number,
            _ => Wrong<long?>(
                field,
                string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {min} to {max}."),
                null
            ),
        };

    /// <summary>One of a few words; null where it is absent or wrong.</summary>
    public string? Word(string field, params ReadOnlySpan<string> words)
    {
        var value = Find(field);
        if (value is null)
        {
            return null;
        }

        var text = value is { ValueKind: JsonValueKind.String } ? value.Value.GetString()! : "";
        return words.Contains(text) ? text : Wrong<string?>(field, $"Must be {Or(words)}.", null);
    }

    /// <summary>A list of texts that pass a test; empty where it is absent.</summary>
    /// <param name="maxItems">So many at most.</param>
    /// <param name="parse">Gives the text as it is kept; null where it is wrong.</param>
    /// <param name="wanted">What would be right.</param>
    public IReadOnlyList<string> List(string field, int maxItems, Func<string, string?> parse, string wanted)
    {
        if (Find(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > maxItems)
        {
            return Wrong<IReadOnlyList<string>>(field, $"Must be a list of 1 to {maxItems}. {wanted}", []);
        }

        List<string> items = [];
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
            if (parse(text) is { } kept)
            {
                items.Add(kept);
            }
            else
            {
                Wrong(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), wanted, false);
            }
        }

        return items;
    }

    /// <summary>The fields of an object; null where it is absent.</summary>
    public RuleFields? Object(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new RuleFields(value, $"{path}{field}.", errors)
            : Wrong<RuleFields?>(field, "Must be an object.", null);
    }

    /// <summary>Blames a field.</summary>
    public T Wrong<T>(string field, string message, T result)
    {
        errors[path + field] = [message];
        return result;
    }

    /// <summary>Blames every field that nobody asked for.</summary>
    public void End()
    {
        foreach (var field in body.EnumerateObject().Where(field => !known.Contains(field.Name)))
        {
            errors[path + field.Name] = [$"Unknown field. Known here: {string.Join(", ", known)}."];
        }
    }

    private static string Or(ReadOnlySpan<string> words)
    {
        var list = string.Join(", ", words[..^1].ToArray());
        return list.Length == 0 ? words[0] : $"{list} or {words[^1]}";
    }
}
