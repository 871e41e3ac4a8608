using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>JSON Schema of OpenAPI 3.1 in the words of OpenAPI 2.0, with titles for designers.</summary>
internal static class Downlevel
{
    private const string Old = "#/components/schemas/";
    private const string New = "#/definitions/";

    /// <summary>The schemas that the paths use, and no others.</summary>
    public static JsonObject Definitions(JsonObject schemas, JsonNode paths)
    {
        var definitions = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        var open = new Queue<string>(References(paths));
        while (open.TryDequeue(out var name))
        {
            if (definitions.ContainsKey(name))
            {
                continue;
            }

            var schema = Schema(schemas[name]!.AsObject());
            definitions[name] = schema;
            foreach (var other in References(schema))
            {
                open.Enqueue(other);
            }
        }

        return new JsonObject(definitions);
    }

    /// <summary>One schema.</summary>
    public static JsonObject Schema(JsonObject schema)
    {
        var shape = One(schema).DeepClone().AsObject();
        if (shape["$ref"] is { } reference)
        {
            return new JsonObject { ["$ref"] = ((string)reference!).Replace(Old, New, StringComparison.Ordinal) };
        }

        if (schema["description"] is { } text)
        {
            shape["description"] = text.DeepClone();
        }

        if (shape["type"] is JsonArray types)
        {
            shape["type"] = types.First(type => (string?)type is not "null")!.DeepClone();
            shape["x-nullable"] = true;
            if (shape["enum"] is JsonArray values)
            {
                shape["enum"] = new JsonArray([
                    .. values.Where(value => value is not null).Select(value => value!.DeepClone()),
                ]);
            }
        }

        if (shape["items"] is JsonObject items)
        {
            shape["items"] = Schema(items);
        }

        if (shape["additionalProperties"] is JsonObject others)
        {
            shape["additionalProperties"] = Schema(others);
        }

        if (shape["properties"] is JsonObject properties)
        {
            shape["properties"] = Properties(properties, Names(shape["required"]));
        }

        return shape;
    }

    /// <summary><c>expiresInHours</c> is "Expires In Hours".</summary>
    public static string TitleOf(string name)
    {
        var words = name.StartsWith("X-", StringComparison.Ordinal)
            ? name[2..].Replace('-', ' ')
            : name.Replace('-', ' ');
        var spaced = string.Concat(
            words.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(words[i - 1]) ? $" {c}" : $"{c}")
        );
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(spaced[0])}{spaced[1..]}");
    }

    private static JsonObject Properties(JsonObject properties, HashSet<string> required)
    {
        var result = new JsonObject();
        foreach (var (name, property) in properties)
        {
            var shape = property is JsonObject schema ? Schema(schema) : new JsonObject { ["type"] = "object" };
            // Beside $ref nothing counts: such a property is shown under its name.
            if (shape["$ref"] is null)
            {
                shape["x-ms-summary"] = TitleOf(name);
                if (required.Contains(name) && !shape.ContainsKey("x-ms-visibility"))
                {
                    shape["x-ms-visibility"] = "important";
                }
            }

            result[name] = shape;
        }

        return result;
    }

    private static HashSet<string> Names(JsonNode? required) =>
        [.. (required as JsonArray ?? []).Select(name => (string)name!)];

    /// <summary>The first of several shapes.</summary>
    private static JsonObject One(JsonObject schema) =>
        (schema["oneOf"] ?? schema["anyOf"]) is JsonArray several ? several[0]!.AsObject() : schema;

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(pair =>
                pair is { Key: "$ref", Value: { } reference }
                    ? [((string)reference!)[New.Length..]]
                    : References(pair.Value)
            ),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };
}
