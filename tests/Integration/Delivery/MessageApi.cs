using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>What a caller does over HTTP.</summary>
public sealed class MessageApi(AppProcess app)
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>The key to send; null for none.</summary>
    public string? Key { get; init; } = TestWorld.CallerKey;

    /// <summary>Hands a raw message over, whatever the answer.</summary>
    public async Task<HttpResponseMessage> PostAsync(Letter letter, string? idempotencyKey = null)
    {
        using var request = NewRequest(HttpMethod.Post, "/api/messages");
        request.Content = new ByteArrayContent(letter.Bytes);
        request.Content.Headers.ContentType = new("message/rfc822");
        request.Headers.Add("X-Envelope-From", letter.Sender);
        request.Headers.Add("X-Envelope-To", string.Join(", ", letter.Recipients));
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await app.Client.SendAsync(request);
    }

    /// <summary>Hands a raw message over; it must be taken.</summary>
    public async Task<MessageSeen> SendAsync(Letter letter, string? idempotencyKey = null)
    {
        using var answer = await PostAsync(letter, idempotencyKey);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    /// <summary>Posts JSON, whatever the answer.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using var request = NewRequest(HttpMethod.Post, path);
        request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await app.Client.SendAsync(request);
    }

    /// <summary>Hands a message over as JSON; it must be taken.</summary>
    public async Task<MessageSeen> PostJsonAsync(string json)
    {
        using var answer = await PostAsync("/api/messages", json);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = NewRequest(HttpMethod.Get, path);
        return await app.Client.SendAsync(request);
    }

    public async Task<MessageSeen> SeeAsync(string id)
    {
        using var answer = await GetAsync($"/api/messages/{id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await ReadAsync(answer);
    }

    /// <summary>Waits until the message is as asked for.</summary>
    public async Task<MessageSeen> WaitAsync(string id, Predicate<MessageSeen> condition)
    {
        MessageSeen? seen = null;
        return await Eventually.GetAsync(
            async () => condition(seen = await SeeAsync(id)) ? seen : null,
            Patience,
            () => $"The API shows {seen}.\nThe app says:\n{app.Output}"
        );
    }

    /// <summary>Waits until nothing more will be sent.</summary>
    public Task<MessageSeen> WaitForCompletionAsync(string id) => WaitAsync(id, seen => seen.IsCompleted);

    /// <summary>Sends and waits for the end.</summary>
    public async Task<MessageSeen> DeliverAsync(Letter letter) =>
        await WaitForCompletionAsync((await SendAsync(letter)).Id);

    public static async Task<MessageSeen> ReadAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<MessageSeen>(JsonSerializerOptions.Web))!;

    private HttpRequestMessage NewRequest(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (Key is not null)
        {
            request.Headers.Add("x-functions-key", Key);
        }

        return request;
    }
}
