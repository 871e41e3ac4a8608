using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>
/// Writes OpenAPI 2.0 with the extensions of Power Automate and Logic Apps: one form of body, and one answer with a schema, since
/// designers know no more.
/// </summary>
internal static class Swagger
{
    private const string Json = "application/json";
    private const string KeyName = "key";

    /// <summary>The whole contract.</summary>
    public static JsonObject Write(IReadOnlyList<Operation> operations) => Write(operations, OpenApi.Info(), []);

    /// <summary>What a custom connector is made of: the actions, the triggers, and what the platform calls by itself.</summary>
    /// <param name="operations">All operations.</param>
    /// <param name="host">Name of the app, which whoever installs the connector puts in.</param>
    public static JsonObject Connector(IEnumerable<Operation> operations, string host)
    {
        var info = OpenApi.Info();
        info["contact"] = new JsonObject { ["name"] = "TlsOrLink" };
        var json = Write(
            [.. operations.Where(operation => operation.IsAction || operation.IsInternal)],
            info,
            ConnectorTriggers.Paths(Operation)
        );
        json["host"] = host;
        json["basePath"] = "/";
        json["schemes"] = new JsonArray("https");
        return json;
    }

    private static JsonObject Write(
        IReadOnlyList<Operation> operations,
        JsonObject info,
        IEnumerable<KeyValuePair<string, JsonNode?>> triggers
    )
    {
        info["license"]!.AsObject().Remove("identifier");
        var json = new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = info,
            ["consumes"] = new JsonArray(Json),
            ["produces"] = new JsonArray(Json),
            ["paths"] = OpenApi.Paths(operations, Operation),
        };
        foreach (var (path, trigger) in triggers)
        {
            json["paths"]!.AsObject().Add(path, trigger);
        }

        json["definitions"] = Downlevel.Definitions(
            Schemas.Of([.. operations, SubscriptionOperations.SubscribeToOne]),
            json["paths"]!
        );
        json["securityDefinitions"] = new JsonObject { [KeyName] = OpenApi.KeyScheme() };
        json["security"] = new JsonArray(new JsonObject { [KeyName] = new JsonArray() });
        return json;
    }

    private static JsonObject Operation(Operation operation)
    {
        var json = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Title,
            ["description"] = operation.Text,
        };
        if (operation.IsInternal)
        {
            json["x-ms-visibility"] = "internal";
        }

        JsonArray parameters =
        [
            .. operation.PathParameters.Select(PathParameter),
            .. operation.Parameters.Select(Parameter),
            .. operation.Bodies.Take(1).Select(Body),
        ];
        if (parameters.Count > 0)
        {
            json["parameters"] = parameters;
        }

        if (operation.IsOpen)
        {
            json["security"] = new JsonArray();
        }

        if (operation.Replies[0] is { View: null, MediaTypes: [{ } type, ..] })
        {
            json["produces"] = new JsonArray(type);
        }

        json["responses"] = Responses(operation);
        return json;
    }

    private static JsonObject PathParameter(string name) =>
        new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["type"] = "string",
            ["x-ms-summary"] = Downlevel.TitleOf(name),
            ["description"] = OpenApi.PathText(name),
            ["x-ms-url-encoding"] = "single",
            ["x-ms-visibility"] = "important",
        };

    private static JsonObject Parameter(Parameter parameter)
    {
        var json = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["required"] = parameter.Required,
            ["type"] = parameter.Type,
            ["x-ms-summary"] = Downlevel.TitleOf(parameter.Name),
            ["description"] = parameter.Text,
            ["x-ms-visibility"] = parameter.Required ? "important" : "advanced",
        };
        if (parameter.Values.Count > 0)
        {
            json["enum"] = new JsonArray([.. parameter.Values.Select(value => JsonValue.Create(value))]);
        }

        return json;
    }

    private static JsonObject Body(Body body) =>
        new()
        {
            ["name"] = "body",
            ["in"] = "body",
            ["required"] = true,
            ["schema"] = Downlevel.Schema(Schemas.Reference(body.Schema!)),
        };

    private static JsonObject Responses(Operation operation)
    {
        var responses = new JsonObject();
        foreach (var reply in operation.Replies)
        {
            var response = new JsonObject { ["description"] = reply.Text };
            if (ReferenceEquals(reply, operation.Replies[0]) && SchemaOf(reply) is { } schema)
            {
                response["schema"] = schema;
            }

            responses[Text(reply.Status)] = response;
        }

        foreach (var refusals in operation.AllRefusals.GroupBy(refusal => refusal.Status))
        {
            var slugs = string.Join(", ", refusals.Select(refusal => refusal.Slug));
            responses[Text(refusals.Key)] = new JsonObject { ["description"] = slugs };
        }

        return responses;
    }

    private static JsonObject? SchemaOf(Reply reply) =>
        reply.View is { } view ? Downlevel.Schema(Schemas.Reference(view.Name))
        : reply.MediaTypes.Length == 0 ? null
        : new JsonObject { ["type"] = reply.MediaTypes[0] is Json ? "object" : "string" };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
