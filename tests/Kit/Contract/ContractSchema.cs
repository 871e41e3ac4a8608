using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>
/// A schema of an OpenAPI document: 3.1, which is JSON Schema 2020-12, or 2.0, told in its words. It is held strictly: formats count, and a member that no schema names is wrong,
/// since whoever reads the contract does not know of it.
/// </summary>
internal sealed class ContractSchema
{
    private static readonly EvaluationOptions Strictly = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    /// <summary>Schemas share nodes of the document, which one thread at a time may read.</summary>
    private static readonly Lock OneAtATime = new();

    private readonly Lazy<JsonSchema> schema;
    private readonly bool isInteger;

    /// <param name="shape">The schema as it stands in the document.</param>
    /// <param name="components">The document's own schemas, by name.</param>
    public ContractSchema(JsonObject shape, JsonObject components)
    {
        isInteger = (shape["type"] as JsonValue)?.ToString() is "integer";
        // Most are never asked.
        schema = new(() => Build(shape, components));
    }

    /// <summary>What is wrong with a value of JSON; null for nothing.</summary>
    public string? FaultOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return FaultOf(document.RootElement);
        }
        catch (JsonException fault)
        {
            return $"no JSON: {fault.Message}";
        }
    }

    /// <summary>What is wrong with the value of a header; null for nothing.</summary>
    public string? FaultOfText(string text) =>
        FaultOf(
            isInteger && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? JsonSerializer.SerializeToElement(number)
                : JsonSerializer.SerializeToElement(text)
        );

    private string? FaultOf(JsonElement value)
    {
        EvaluationResults results;
        lock (schema)
        {
            results = schema.Value.Evaluate(value, Strictly);
        }

        return results.IsValid
            ? null
            : string.Join(
                "; ",
                (results.Details ?? [])
                    .SelectMany(
                        detail => detail.Errors ?? [],
                        (detail, fault) => $"{detail.InstanceLocation}: {fault.Value}"
                    )
                    .Distinct(StringComparer.Ordinal)
            );
    }

    private static JsonSchema Build(JsonObject shape, JsonObject components)
    {
        lock (OneAtATime)
        {
            var whole = Closed(shape).AsObject();
            whole["$defs"] = new JsonObject(
                components.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Closed(one.Value!)))
            );
            return JsonSchema.FromText(
                whole.ToJsonString(),
                new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() }
            );
        }
    }

    /// <summary>The schema with its references led to <c>$defs</c>, and every object closed that says nothing of other members.</summary>
    private static JsonNode Closed(JsonNode node)
    {
        if (node is not JsonObject shape)
        {
            return node.DeepClone();
        }

        var closed = new JsonObject();
        foreach (var (keyword, value) in shape)
        {
            closed[keyword] = keyword switch
            {
                "$ref" => $"#/$defs/{((string)value!).Split('/')[^1]}",
                "properties" => new JsonObject(
                    value!.AsObject().Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Closed(one.Value!)))
                ),
                "items" or "additionalProperties" => Closed(value!),
                "anyOf" or "oneOf" => new JsonArray([.. value!.AsArray().Select(one => Closed(one!))]),
                _ => value?.DeepClone(),
            };
        }

        if (shape.ContainsKey("properties") && !shape.ContainsKey("additionalProperties"))
        {
            closed["additionalProperties"] = false;
        }

        return closed;
    }
}
