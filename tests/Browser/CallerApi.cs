using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Browser;

/// <summary>What a program does that has a key.</summary>
public sealed class CallerApi(AppProcess app, string key)
{
    /// <summary>Sends a message in Japanese with a file and gives its id.</summary>
    public async Task<string> SendAsync(string fileName, byte[] content, string[] recipients, object? options = null)
    {
        var body = JsonContent.Create(
            new
            {
                sender = "hanako@sender.example",
                recipients,
                subject = "お見積りの件",
                body = new { text = "いつもお世話になっております。お見積りをお送りいたします。" },
                attachments = new[]
                {
                    new
                    {
                        name = fileName,
                        contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        contentBytes = Convert.ToBase64String(content),
                    },
                },
                options = options ?? new { },
            }
        );
        return (string)(await AskAsync(HttpMethod.Post, "/api/messages", body))["id"]!;
    }

    /// <summary>Waits until the message is in a state.</summary>
    public Task<string> WaitAsync(string id, string state)
    {
        JsonNode? seen = null;
        return Eventually.GetAsync(
            async () =>
            {
                seen = await AskAsync(HttpMethod.Get, $"/api/messages/{id}");
                return (string?)seen["state"] == state ? state : null;
            },
            Eventually.Patience,
            () => $"The message is not {state}: {seen}"
        );
    }

    /// <summary>Ids of the links of a message, by recipient.</summary>
    public async Task<Dictionary<string, string>> LinkIdsAsync(string id) =>
        (await AskAsync(HttpMethod.Get, $"/api/messages/{id}/links"))["links"]!
            .AsArray()
            .ToDictionary(link => (string)link!["recipient"]!, link => (string)link!["id"]!, StringComparer.Ordinal);

    public Task<JsonNode> PostAsync(string path) => AskAsync(HttpMethod.Post, path);

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("x-functions-key", key);
        using var answer = await app.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Accepted);
        return JsonNode.Parse(body)!;
    }
}
