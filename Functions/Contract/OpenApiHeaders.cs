using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>The headers of answers in OpenAPI 3.1.</summary>
internal static class OpenApiHeaders
{
    /// <summary>Adds what callers may act on.</summary>
    /// <param name="response">What it is added to.</param>
    /// <param name="status">Its status.</param>
    /// <param name="always">Names of those that are always there.</param>
    /// <param name="sometimes">Names of those that one form of the answer has.</param>
    public static JsonObject Add(
        JsonObject response,
        int status,
        IReadOnlyList<string> always,
        IReadOnlyList<string> sometimes
    )
    {
        if (always.Count + sometimes.Count > 0)
        {
            response["headers"] = new JsonObject([
                .. always.Select(name => Header(name, status, required: true)),
                .. sometimes.Select(name => Header(name, status, required: false)),
            ]);
        }

        return response;
    }

    private static KeyValuePair<string, JsonNode?> Header(string name, int status, bool required)
    {
        var (text, schema) = name switch
        {
            "Location" when status < 300 => ("Where to look next, absolute.", Text("uri")),
            "Location" => ("Where to go.", Text("uri-reference")),
            "Retry-After" => ("Seconds to wait.", new JsonObject { ["type"] = "integer", ["minimum"] = 1 }),
            "WWW-Authenticate" => ("How to be let in.", OpenApi.Text()),
            "Content-Disposition" => ("Name of the file.", OpenApi.Text()),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Say here what it holds."),
        };
        return KeyValuePair.Create(
            name,
            (JsonNode?)
                new JsonObject
                {
                    ["description"] = text,
                    ["required"] = required,
                    ["schema"] = schema,
                }
        );
    }

    private static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };
}
