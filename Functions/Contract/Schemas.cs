using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Screening;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Contract;

/// <summary>Makes the schemas of the records that the functions answer with.</summary>
internal sealed class Schemas
{
    public const string Problem = "Problem";
    private const string Prefix = "#/components/schemas/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    private readonly SortedDictionary<string, JsonNode> known = new(StringComparer.Ordinal);
    private readonly Queue<Type> open = new();

    private Schemas() { }

    /// <summary>All schemas of the operations, by name.</summary>
    public static JsonObject Of(IEnumerable<Operation> operations)
    {
        var schemas = new Schemas();
        foreach (var view in operations.SelectMany(operation => operation.Replies).Select(reply => reply.View))
        {
            schemas.open.Enqueue(view ?? typeof(ProblemDetails));
        }

        schemas.open.Enqueue(typeof(MessageRuleJson));
        schemas.open.Enqueue(typeof(EventNotification));
        schemas.Close();
        var rule = schemas.known[nameof(MessageRuleJson)].DeepClone();
        rule["required"] = new JsonArray("action");
        schemas.known["NewMessageRule"] = rule;
        foreach (var (name, schema) in RequestSchemas.All)
        {
            schemas.known[name] = schema!.DeepClone();
        }

        return new JsonObject(schemas.known.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = Prefix + name };

    private void Close()
    {
        while (open.TryDequeue(out var type))
        {
            if (type != typeof(ProblemDetails) && !known.ContainsKey(type.Name))
            {
                known[type.Name] = Json.GetJsonSchemaAsNode(
                    type,
                    new JsonSchemaExporterOptions
                    {
                        TreatNullObliviousAsNonNullable = true,
                        TransformSchemaNode = Transform,
                    }
                );
            }
        }
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(JsonElement))
        {
            return JsonText.Parse("""{ "type": ["object", "null"] }""");
        }

        if (schema is not JsonObject shape)
        {
            return schema;
        }

        if (Format(type) is { } format)
        {
            shape["format"] = format;
        }

        return context.Path.Length > 0 && IsRecord(context.TypeInfo) ? Reference(type, shape) : Plain(shape);
    }

    /// <summary>A record of ours within another one is named once.</summary>
    private JsonObject Reference(Type type, JsonObject shape)
    {
        open.Enqueue(type);
        return shape["type"] is JsonArray
            ? new JsonObject
            {
                ["anyOf"] = new JsonArray(Reference(type.Name), JsonText.Parse("""{ "type": "null" }""")),
            }
            : Reference(type.Name);
    }

    /// <summary>All members of an answer are always there; none of a document of ours is null.</summary>
    private static JsonObject Plain(JsonObject shape)
    {
        if (shape["properties"] is not null)
        {
            shape["type"] = "object";
        }

        shape.Remove("default");
        return shape;
    }

    private static bool IsRecord(System.Text.Json.Serialization.Metadata.JsonTypeInfo info) =>
        info.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object
        && info.Type.Assembly.GetName().Name!.StartsWith("TlsOrLink", StringComparison.Ordinal);

    private static string? Format(Type type) =>
        type == typeof(int) ? "int32"
        : type == typeof(long) ? "int64"
        : type == typeof(DateTimeOffset) ? "date-time"
        : null;
}
