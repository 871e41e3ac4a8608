using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.App;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>What a caller does with messages that are held.</summary>
public sealed class HoldApi(AppProcess app, string key)
{
    public const string From = "hanako@sender.example";
    public const string Secret = "The total is 1,234,567 yen.";
    public const string FileName = "quotation.txt";

    private readonly MessageApi messages = new(app) { Key = key };

    /// <summary>Posts a message with <c>options</c>, whatever the answer.</summary>
    public async Task<HttpResponseMessage> TryAsync(object? options, params string[] recipients)
    {
        var body = new JsonObject
        {
            ["sender"] = From,
            ["recipients"] = new JsonArray([.. recipients.Select(to => (JsonNode)to)]),
            ["subject"] = "Quotation",
            ["body"] = new JsonObject { ["text"] = Secret },
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = FileName,
                    ["contentType"] = "text/plain",
                    ["contentBytes"] = Convert.ToBase64String("a file of its own"u8),
                }
            ),
            ["options"] = JsonSerializer.SerializeToNode(options, JsonSerializerOptions.Web),
        };
        return await SendAsync(HttpMethod.Post, "/api/messages", JsonContent.Create(body));
    }

    /// <summary>Posts a message that must be taken.</summary>
    public async Task<MessageSeen> PostAsync(object? options, params string[] recipients)
    {
        using var answer = await TryAsync(options, recipients);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await MessageApi.ReadAsync(answer);
    }

    /// <summary>Decides; gives the status and the problem's type, or the message's state where there is none.</summary>
    public async Task<(int Status, string Word)> DecideAsync(string id, string decision)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/messages/{id}/{decision}", content: null);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return ((int)answer.StatusCode, (string)(body["type"] ?? body["state"])!);
    }

    /// <summary>Recalls a message: result and downloads by address.</summary>
    public async Task<(string State, IReadOnlyDictionary<string, (string Result, int Downloads)> Of)> RecallAsync(
        string id
    )
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/messages/{id}/recall", content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (
            (string)body["state"]!,
            body["recipients"]!
                .AsArray()
                .ToDictionary(one => (string)one!["address"]!, one => ((string)one!["result"]!, (int)one["downloads"]!))
        );
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public Task<HttpResponseMessage> AskAsync(string path) => SendAsync(HttpMethod.Get, path, content: null);

    public Task<MessageSeen> SeeAsync(string id) => messages.SeeAsync(id);

    public Task<MessageSeen> WaitAsync(string id, string state) => messages.WaitAsync(id, seen => seen.State == state);

    public Task<MessageSeen> WaitForAsync(string id, Predicate<MessageSeen> condition) =>
        messages.WaitAsync(id, condition);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("x-functions-key", key);
        return await app.Client.SendAsync(request);
    }
}
