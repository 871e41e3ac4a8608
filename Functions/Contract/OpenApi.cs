using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>Writes OpenAPI 3.1.</summary>
internal static class OpenApi
{
    /// <summary>The contract.</summary>
    public static JsonObject Write(IReadOnlyList<Operation> operations) =>
        new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = Paths(operations, Operation),
            ["webhooks"] = new JsonObject { ["event"] = Webhook() },
            ["components"] = new JsonObject
            {
                ["schemas"] = Schemas.Of(operations),
                ["securitySchemes"] = new JsonObject { ["key"] = KeyScheme() },
            },
        };

    public static JsonObject Info() =>
        new()
        {
            ["title"] = "TlsOrLink",
            ["version"] = "1.0",
            ["description"] =
                "Sends attachments by verified TLS, and where the receiving server does not offer it as a download link.",
            ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
        };

    public static JsonObject KeyScheme() =>
        new()
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = Middleware.CallerFinder.KeyHeader,
        };

    public static JsonObject Paths(IEnumerable<Operation> operations, Func<Operation, JsonObject> write)
    {
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Path, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(
                path.Select(one => KeyValuePair.Create(one.Method, (JsonNode?)write(one)))
            );
        }

        return paths;
    }

    private static JsonObject Operation(Operation operation)
    {
        var json = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Title,
            ["description"] = operation.Text,
        };
        JsonArray parameters =
        [
            .. operation.PathParameters.Select(PathParameter),
            .. operation.Parameters.Select(Parameter),
        ];
        if (parameters.Count > 0)
        {
            json["parameters"] = parameters;
        }

        if (operation.Bodies.Count > 0)
        {
            json["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(operation.Bodies) };
        }

        if (operation.IsOpen)
        {
            json["security"] = new JsonArray();
        }

        json["responses"] = OpenApiAnswers.Of(operation);
        return json;
    }

    /// <summary>What subscribers are sent.</summary>
    private static JsonObject Webhook() =>
        new()
        {
            ["post"] = new JsonObject
            {
                ["summary"] = "An event of a message",
                ["description"] = "Signed in the headers webhook-id, webhook-timestamp and webhook-signature.",
                ["security"] = new JsonArray(),
                ["requestBody"] = new JsonObject
                {
                    ["required"] = true,
                    ["content"] = new JsonObject
                    {
                        ["application/json"] = new JsonObject
                        {
                            ["schema"] = Schemas.Reference(nameof(Subscriptions.EventNotification)),
                        },
                    },
                },
                ["responses"] = new JsonObject
                {
                    ["2XX"] = new JsonObject { ["description"] = "Taken." },
                    ["410"] = new JsonObject { ["description"] = "The subscription is removed." },
                    ["default"] = new JsonObject { ["description"] = "Tried again later." },
                },
            },
        };

    private static JsonObject PathParameter(string name) =>
        new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = PathText(name),
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    public static string PathText(string name) =>
        name switch
        {
            "linkId" => "Id of the link.",
            "domain" => "A mail domain.",
            "day" => "A day (UTC), as 20260109.",
            "event" => $"One of {string.Join(", ", Events.EventNames.All)}.",
            _ => "Id, as in the answer that named it.",
        };

    private static JsonObject Parameter(Parameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Values.Count > 0)
        {
            schema["enum"] = new JsonArray([.. parameter.Values.Select(value => JsonValue.Create(value))]);
        }

        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["required"] = parameter.Required,
            ["description"] = parameter.Text,
            ["schema"] = schema,
        };
    }

    private static JsonObject Content(IEnumerable<Body> bodies)
    {
        var content = new JsonObject();
        foreach (var body in bodies)
        {
            var media = new JsonObject { ["schema"] = body.Schema is { } name ? Schemas.Reference(name) : Text() };
            if (body.Example.Length > 0)
            {
                media["example"] = body.Schema is null ? body.Example : JsonNode.Parse(body.Example);
            }

            content[body.MediaType] = media;
        }

        return content;
    }

    public static JsonObject Text() => new() { ["type"] = "string" };
}
