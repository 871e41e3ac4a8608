using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>What a contract says of one status of an operation.</summary>
internal sealed class ContractResponse
{
    private const string Problem = "application/problem+json";

    /// <summary>What callers act on: none of these comes undocumented.</summary>
    private static readonly string[] Telling = ["Location", "Retry-After", "WWW-Authenticate", "Content-Disposition"];

    private readonly Dictionary<string, ContractSchema> headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> required = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ContractSchema> content = new(StringComparer.Ordinal);
    private readonly HashSet<string> slugs = new(StringComparer.Ordinal);

    /// <param name="response">Of OpenAPI 3.1.</param>
    /// <param name="components">The document's schemas.</param>
    public ContractResponse(JsonObject response, JsonObject components)
    {
        foreach (var (name, header) in response["headers"] as JsonObject ?? [])
        {
            headers[name] = new ContractSchema(header!["schema"]!.AsObject(), components);
            if ((bool?)header["required"] == true)
            {
                required.Add(name);
            }
        }

        foreach (var (type, media) in response["content"] as JsonObject ?? [])
        {
            content[type] = new ContractSchema(media!["schema"]!.AsObject(), components);
            if (type == Problem)
            {
                slugs.UnionWith((media["examples"] as JsonObject ?? []).Select(example => example.Key));
            }
        }
    }

    /// <summary>Slugs and media types; one empty one where there is no body.</summary>
    public IEnumerable<string> Kinds =>
        content.Count == 0 ? [""] : slugs.Concat(content.Keys.Where(type => type != Problem));

    /// <summary>Whether a body of the type is looked into: JSON, and what should not be there.</summary>
    public bool Reads(string type) => IsJson(type) || !content.ContainsKey(type);

    /// <summary>What the answer is, or what is wrong with it.</summary>
    /// <param name="isHead">The answer has no body by its method.</param>
    public (string? Kind, string? Fault) Judge(ReceivedAnswer answer, bool isHead)
    {
        var fault = HeaderFault(answer) ?? (isHead ? null : BodyFault(answer));
        if (fault is not null || isHead)
        {
            return (null, fault);
        }

        var kind = answer.MediaType == Problem ? SlugOf(answer) : answer.MediaType;
        return Kinds.Contains(kind, StringComparer.Ordinal)
            ? (kind, null)
            : (null, $"'{kind}' is not documented for it");
    }

    private static string SlugOf(ReceivedAnswer answer) => (string)JsonNode.Parse(answer.Body)!["type"]!;

    private static bool IsJson(string type) => type is Problem or "application/json";

    private string? HeaderFault(ReceivedAnswer answer)
    {
        foreach (var name in required.Where(name => !answer.Headers.ContainsKey(name)))
        {
            return $"it lacks the header {name}";
        }

        foreach (var name in Telling.Where(name => answer.Headers.ContainsKey(name) && !headers.ContainsKey(name)))
        {
            return $"its header {name} is not documented";
        }

        return headers
            .Where(header => answer.Headers.ContainsKey(header.Key))
            .Select(header =>
                header.Value.FaultOfText(answer.Headers[header.Key]) is { } fault ? $"{header.Key}{fault}" : null
            )
            .FirstOrDefault(fault => fault is not null);
    }

    private string? BodyFault(ReceivedAnswer answer) =>
        content.Count == 0 ? (answer.Body is { Length: > 0 } ? "no body is documented for it" : null)
        : !content.TryGetValue(answer.MediaType, out var schema) ? "its media type is not documented for it"
        : IsJson(answer.MediaType) ? schema.FaultOf(answer.Body)
        : null;
}
