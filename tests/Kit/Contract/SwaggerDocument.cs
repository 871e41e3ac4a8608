using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>
/// An OpenAPI 2.0 document, as answers are held against it. It says less than 3.1: one answer of an operation has a schema, and which
/// references may be null it cannot say.
/// </summary>
public sealed class SwaggerDocument
{
    private readonly PathTable<Dictionary<int, ContractSchema?>> operations = new();

    public SwaggerDocument(JsonObject document)
    {
        var definitions = Modern(document["definitions"]!).AsObject();
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject().Where(one => one.Value!["operationId"] is not null))
            {
                operations.Add(
                    method,
                    path,
                    operation!["responses"]!
                        .AsObject()
                        .ToDictionary(
                            one => int.Parse(one.Key, CultureInfo.InvariantCulture),
                            one =>
                                one.Value!["schema"] is { } schema
                                    ? new ContractSchema(Modern(schema).AsObject(), definitions)
                                    : null
                        )
                );
            }
        }
    }

    /// <summary>What is wrong with an answer; null for nothing, and where the document does not have the operation.</summary>
    public string? FaultOf(string method, string path, ReceivedAnswer answer) =>
        operations.Find(method, path) is not { } responses ? null
        : !responses.TryGetValue(answer.Status, out var schema) ? "OpenAPI 2.0 does not document this status"
        : schema is not null && answer is { MediaType: "application/json", Body: { } body } ? Of20(schema.FaultOf(body))
        : null;

    private static string? Of20(string? fault) => fault is null ? null : $"OpenAPI 2.0: {fault}";

    /// <summary>The same with null where <c>x-nullable</c> says so, and where a property is a reference.</summary>
    private static JsonNode Modern(JsonNode node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(one => one is null ? null : Modern(one))]);
        }

        if (node is not JsonObject shape)
        {
            return node.DeepClone();
        }

        var modern = new JsonObject(
            shape.Select(one => KeyValuePair.Create(one.Key, one.Value is null ? null : Modern(one.Value)))
        );
        if (shape["x-nullable"] is not null && shape["type"] is JsonValue type)
        {
            modern["type"] = new JsonArray(type.DeepClone(), "null");
            (modern["enum"] as JsonArray)?.Add(null);
        }

        foreach (var (name, property) in shape["properties"] as JsonObject ?? [])
        {
            if (property!["$ref"] is not null)
            {
                modern["properties"]![name] = new JsonObject
                {
                    ["anyOf"] = new JsonArray(property.DeepClone(), new JsonObject { ["type"] = "null" }),
                };
            }
        }

        return modern;
    }
}
