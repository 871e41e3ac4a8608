using System.Net;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <content>What the provider does.</content>
public sealed partial class SendGridTests
{
    private static string Event(string kind, string mark, string id, string words = "") =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["event"] = kind,
                ["sg_event_id"] = id + mark,
                ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                [kind is "delivered" or "deferred" ? "response" : "reason"] = words,
                ["email"] = "somebody@partner.test",
                ["tlsorlink"] = mark,
            }
        );

    private IEnumerable<JsonElement> MailsOf(string id) =>
        world.Stub.Mails.Where(mail => mail.GetRawText().Contains(id, StringComparison.Ordinal));

    private JsonElement MailOf(string id) => MailsOf(id).First();

    private static IReadOnlyList<string> Marks(JsonElement mail) =>
        [
            .. mail.GetProperty("personalizations")
                .EnumerateArray()
                .Select(one => one.GetProperty("custom_args").GetProperty("tlsorlink").GetString()!),
        ];

    /// <summary>As the provider does: what is answered 503, since the mail is not written down as handed over yet, is sent again.</summary>
    private async Task<HttpStatusCode> PostAsync(params string[] events)
    {
        var status = HttpStatusCode.ServiceUnavailable;
        await Eventually.GetAsync(async () =>
        {
            status = await SendAsync(world.Stub.Sign($"[{string.Join(',', events)}]", DateTimeOffset.UtcNow));
            return status == HttpStatusCode.ServiceUnavailable ? null : "answered";
        });
        return status;
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var answer = await world.App.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new StringContent(await request.Content!.ReadAsStringAsync(), Encoding.UTF8, "application/json"),
        };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.Add(name, values);
        }

        return copy;
    }
}
