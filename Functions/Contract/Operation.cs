using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;

namespace TlsOrLink.Functions.Contract;

/// <summary>What callers are told of one HTTP function. Route and method are the trigger's own.</summary>
/// <param name="Function">The class of the function; its name is the operation's id.</param>
/// <param name="Title">In a designer's list, in sentence case.</param>
/// <param name="Text">What it does.</param>
internal sealed record Operation(Type Function, string Title, string Text)
{
    /// <summary>Query parameters and headers; those of the path are read from the route.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Forms that the body may have; none where there is no body.</summary>
    public IReadOnlyList<Body> Bodies { get; init; } = [];

    /// <summary>Answers of success; the first is what designers show.</summary>
    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>Refusals beside those that every operation has.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>Rests on something else than a caller's key.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Answers without storage, so never 503.</summary>
    public bool IsFree { get; init; }

    /// <summary>Changes something for a person who is signed in: another site's page may not call it.</summary>
    public bool IsGuarded => !IsOpen && Method is not "get";

    /// <summary>Whether flows get it as an action.</summary>
    public bool IsAction { get; init; }

    /// <summary>Whether connectors have it, shown to nobody: the platform calls it.</summary>
    public bool IsInternal { get; init; }

    public string Id => Function.Name;

    /// <summary>In lower case, never <c>head</c>.</summary>
    public string Method => Trigger.Methods![0];

    /// <summary>With a leading slash.</summary>
    public string Path => $"/{Trigger.Route}";

    public IEnumerable<string> PathParameters =>
        Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);

    /// <summary>All refusals, by status.</summary>
    public IEnumerable<Refusal> AllRefusals =>
        Refusals
            .Concat(IsOpen ? [] : [new Refusal(401, "caller-unknown")])
            .Concat(IsGuarded ? [new Refusal(403, "other-origin")] : [])
            .Concat(IsFree ? [] : [new Refusal(503, "try-again-later")])
            .OrderBy(refusal => refusal.Status);

    private HttpTriggerAttribute Trigger => TriggerOf(Function)!;

    /// <summary>The trigger of an HTTP function; null for any other type.</summary>
    public static HttpTriggerAttribute? TriggerOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .FirstOrDefault(trigger => trigger is not null);
}

/// <summary>A query parameter or a header.</summary>
/// <param name="In"><c>query</c> or <c>header</c>.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c> or <c>integer</c>.</param>
internal sealed record Parameter(string Name, string In, string Text, string Type = "string", bool Required = false)
{
    /// <summary>The values there are; none for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>One form of a body.</summary>
/// <param name="Schema">Name of a schema; null for text.</param>
/// <param name="Example">JSON or text that the app takes.</param>
internal sealed record Body(string MediaType, string? Schema, string Example);

/// <summary>An answer of success.</summary>
/// <param name="View">What is answered as JSON; null for nothing, or text of <paramref name="MediaTypes"/>.</param>
internal sealed record Reply(int Status, string Text, Type? View = null, params string[] MediaTypes)
{
    /// <summary>Headers that the answer always has, of those that callers act on.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Headers that one of its media types has.</summary>
    public IReadOnlyList<string> OtherHeaders { get; init; } = [];
}

/// <summary>A problem document (RFC 9457): status and <c>type</c>.</summary>
internal sealed record Refusal(int Status, string Slug)
{
    /// <summary>Headers that every refusal of a status has, of those that callers act on.</summary>
    public static IReadOnlyList<string> HeadersOf(int status) =>
        status switch
        {
            401 => ["WWW-Authenticate"],
            429 or 503 => ["Retry-After"],
            _ => [],
        };
}

/// <summary>JSON of a schema that is written by hand, since its reader streams.</summary>
internal static class JsonText
{
    public static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();
}
