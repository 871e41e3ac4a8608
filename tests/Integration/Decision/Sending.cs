using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>A recipient as the app shows it.</summary>
internal sealed record SeenRecipient(
    string Address,
    string Domain,
    string State,
    string? PlannedRoute,
    string? Route,
    string? Level,
    string? Reason,
    DateTimeOffset UpdatedAt
)
{
    /// <summary>The round that is running has done with it.</summary>
    public bool IsSettled => State is not ("probing" or "sending");
}

/// <summary>A message as the app shows it.</summary>
internal sealed record SeenMessage(string Id, string State, IReadOnlyList<SeenRecipient> Recipients);

/// <summary>Sends by the real API of a real app.</summary>
internal static class Sending
{
    private const string Body = "Only for you.";

    /// <summary>Whether the message's own text is in what a server got.</summary>
    public static bool HasBody(string received) =>
        received.Contains(Body, StringComparison.Ordinal)
        || received.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(Body)), StringComparison.Ordinal);

    /// <summary>Posts a message with the file attached.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> SendAsync(
        this AppProcess app,
        KnownFile file,
        IEnumerable<string> recipients,
        object? options = null
    )
    {
        using var answer = await PostAsync(app, file, recipients, options);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, text);
        return Read(text).Id;
    }

    /// <summary>The message now.</summary>
    public static async Task<SeenMessage> SeeAsync(this AppProcess app, string id)
    {
        using var request = Request(HttpMethod.Get, $"/api/messages/{id}");
        using var answer = await app.Client.SendAsync(request);
        return Read(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until every recipient satisfies the condition.</summary>
    public static Task<SeenMessage> WaitAsync(
        this AppProcess app,
        string id,
        Func<SeenRecipient, bool> each,
        TimeSpan within
    )
    {
        SeenMessage? last = null;
        return Eventually.GetAsync(
            async () => (last = await app.SeeAsync(id)).Recipients.All(each) ? last : null,
            within,
            () =>
                $"Open: {string.Join(", ", last?.Recipients.Where(r => !each(r)).Take(20) ?? [])}\n"
                + $"The app wrote:\n{string.Join('\n', app.Output.Split('\n').TakeLast(60))}"
        );
    }

    private static SeenMessage Read(string json) =>
        JsonSerializer.Deserialize<SeenMessage>(json, JsonSerializerOptions.Web)!;

    private static HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, new Uri(path, UriKind.Relative)) { Headers = { { "x-functions-key", TestWorld.CallerKey } } };

    /// <summary>Posts what must be refused with 400; the problem's text.</summary>
    public static async Task<string> RefusalAsync(
        this AppProcess app,
        KnownFile file,
        IEnumerable<string> recipients,
        object options
    )
    {
        using var answer = await PostAsync(app, file, recipients, options);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(
        AppProcess app,
        KnownFile file,
        IEnumerable<string> recipients,
        object? options
    )
    {
        var body = new
        {
            sender = "ann@sender.example",
            recipients,
            subject = "The table",
            body = new { text = Body },
            attachments = new[]
            {
                new
                {
                    name = "file.bin",
                    contentType = "application/octet-stream",
                    contentBytes = file.Bytes,
                },
            },
            options = options ?? new { },
        };
        using var request = Request(HttpMethod.Post, "/api/messages");
        request.Content = JsonContent.Create(body);
        return await app.Client.SendAsync(request);
    }
}
