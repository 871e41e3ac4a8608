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
    [
        .. Definition["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(operation => (string)operation.Value!["operationId"]!),
    ];

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
            .Single(found => (string)found.Item3["operationId"]! == id);

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync() is { Length: > 0 } text ? JsonNode.Parse(text) : null;

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(here)!, "../../../infra/connector/apiDefinition.swagger.json")
        );
}
