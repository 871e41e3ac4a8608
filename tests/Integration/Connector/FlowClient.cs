using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Tests.Integration.Connector;

/// <summary>
/// Runs actions of the connector as a flow does: it knows nothing but the definition, follows a 202 by its absolute <c>Location</c> without
/// the key, waits as <c>Retry-After</c> says, and tries 408, 429 and 5xx again, four times.
/// </summary>
internal sealed class FlowClient(AppProcess app, string key)
{
    private const int Retries = 4;

    private static readonly JsonObject Definition = JsonNode.Parse(File.ReadAllText(FileOf()))!.AsObject();

    /// <summary>Ids of all actions of the definition.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [.. Operations.Where(one => !IsTrigger(one) && !IsInternal(one)).Select(one => (string)one["operationId"]!)];

    /// <summary>Ids of all triggers of the definition.</summary>
    public static IReadOnlyList<string> Triggers { get; } =
    [.. Operations.Where(IsTrigger).Select(one => (string)one["operationId"]!)];

    private static IEnumerable<JsonNode> Operations =>
        Definition["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(pair => pair.Value!)
            .Where(node => node["operationId"] is not null);

    /// <summary>How often a 202 was followed.</summary>
    public int Polls { get; private set; }

    /// <summary>Runs an action to its end.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="body">Null where it has none.</param>
    /// <param name="path">Values of the parameters in the path.</param>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> RunAsync(
        string id,
        object? body = null,
        params (string Name, string Value)[] path
    )
    {
        var (route, method, operation) = Find(id);
        foreach (var (name, value) in path)
        {
            route = route.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        route.ShouldNotContain("{");
        using var answer = await TryAsync(() => New(method, route, body));
        ((JsonObject)operation["responses"]!)
            .ContainsKey($"{(int)answer.StatusCode}")
            .ShouldBeTrue($"{answer.StatusCode}");
        return await FollowAsync(answer);
    }

    /// <summary>
    /// Registers a trigger: the callback URL goes where the definition says. Refuses what the platform would: another answer than 201,
    /// no absolute <c>Location</c>, or one that no DELETE of the definition leads to.
    /// </summary>
    /// <returns>Where the platform sends DELETE when the trigger goes.</returns>
    public async Task<Uri> RegisterAsync(string id, Uri callback)
    {
        var (route, method, operation) = Find(id);
        ((string?)operation["x-ms-trigger"]).ShouldBe("single");
        var body = operation["parameters"]!.AsArray().Single(one => (string?)one!["in"] == "body")!["schema"]!;
        var field = Resolve(body)["properties"]!
            .AsObject()
            .Single(property => (bool?)property.Value!["x-ms-notification-url"] == true);
        using var answer = await TryAsync(() =>
            New(method, route, new JsonObject { [field.Key] = callback.AbsoluteUri })
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var location = answer.Headers.Location.ShouldNotBeNull();
        location.IsAbsoluteUri.ShouldBeTrue();
        Find(location, "delete").ShouldNotBeNull($"no DELETE of the definition is at {location}");
        return location;
    }

    /// <summary>Removes a trigger as the platform does.</summary>
    public async Task<HttpStatusCode> UnregisterAsync(Uri location)
    {
        using var answer = await TryAsync(() => New("DELETE", location.AbsoluteUri, body: null));
        return answer.StatusCode;
    }

    /// <summary>What a trigger offers to the flow of a notification: what its schema names, as it names it.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> Offered(string id, JsonNode notification)
    {
        var path = Definition["paths"]!
            .AsObject()
            .Single(path => (string?)path.Value!["post"]?["operationId"] == id)
            .Value!;
        var schema = Resolve(path["x-ms-notification-content"]!["schema"]!);
        var members = schema["properties"]!.AsObject();
        notification
            .AsObject()
            .Select(member => member.Key)
            .ShouldBe(members.Select(member => member.Key), ignoreOrder: true);
        foreach (var (name, member) in members)
        {
            // Null or what the schema says.
            (notification[name] is null || (string?)member!["type"] == "string").ShouldBeTrue(name);
        }

        return notification.AsObject().ToDictionary(member => member.Key, member => member.Value);
    }

    private static JsonNode? Find(Uri location, string method) =>
        Definition["paths"]!
            .AsObject()
            .Where(path => Leads(path.Key, location.AbsolutePath))
            .Select(path => path.Value![method])
            .FirstOrDefault(operation => operation is not null);

    private static bool Leads(string template, string path) =>
        template.Split('/') is var parts
        && path.Split('/') is var given
        && parts.Length == given.Length
        && parts.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private static JsonNode Resolve(JsonNode schema) =>
        schema["$ref"] is { } reference ? Definition["definitions"]![((string)reference!).Split('/')[^1]]! : schema;

    private static bool IsTrigger(JsonNode operation) => operation["x-ms-trigger"] is not null;

    private static bool IsInternal(JsonNode operation) => (string?)operation["x-ms-visibility"] == "internal";

    private async Task<(HttpStatusCode, JsonNode?)> FollowAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            return (answer.StatusCode, await ReadAsync(answer));
        }

        var location = answer.Headers.Location.ShouldNotBeNull();
        location.IsAbsoluteUri.ShouldBeTrue();
        await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value);
        Polls++;
        using var next = await TryAsync(() => new HttpRequestMessage(HttpMethod.Get, location));
        return await FollowAsync(next);
    }

    private async Task<HttpResponseMessage> TryAsync(Func<HttpRequestMessage> make)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = make();
            var answer = await app.Client.SendAsync(request);
            if (tries == Retries || !((int)answer.StatusCode is 408 or 429 or >= 500))
            {
                return answer;
            }

            var pause = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            answer.Dispose();
            await Task.Delay(pause);
        }
    }

    private HttpRequestMessage New(string method, string route, object? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(method), route);
        request.Headers.Add((string)Definition["securityDefinitions"]!["key"]!["name"]!, key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return request;
    }

    private static (string Route, string Method, JsonNode Operation) Find(string id) =>
        Definition["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(pair => (path.Key, pair.Key, pair.Value!)))
            .Single(found => found.Item3["operationId"] is { } known && (string)known! == id);

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync() is { Length: > 0 } text ? JsonNode.Parse(text) : null;

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(here)!, "../../../infra/connector/apiDefinition.swagger.json")
        );
}
