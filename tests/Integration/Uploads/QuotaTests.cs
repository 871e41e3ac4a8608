using System.Net;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>The rate of a caller, over HTTP.</summary>
public sealed class QuotaTests(QuotaTests.SlowCaller world) : IClassFixture<QuotaTests.SlowCaller>
{
    private static readonly string[] Ways = ["/api/messages", "/api/messages/send", "/api/messages/send-and-wait"];

    /// <summary>Six messages, then one in a minute; ten recipients.</summary>
    public sealed class SlowCaller : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Callers__MessagesPerMinute", "1"), ("Callers__MessageBurst", "6"), ("Callers__RecipientsPerDay", "10")];
    }

    [Fact]
    public async Task Over_its_rate_a_caller_is_told_when_to_come_again_and_a_repeat_is_answered_all_the_same()
    {
        var many = new Letter([.. Enumerable.Range(0, 11).Select(i => $"r{i}@rate.test")]);
        using var whole = await world.Api.PostAsync(new Letter([.. many.Recipients.Take(10)]), "first");
        foreach (var way in Ways)
        {
            using var recipients = await world.Api.PostAsync(way, UploadWorld.Json("x@rate.test"));
            await RefusedAsync(recipients, "too-many-recipients");
        }

        using var repeated = await world.Api.PostAsync(
            new Letter([.. many.Recipients.Take(10)]) { File = [1] },
            "first"
        );
        repeated.StatusCode.ShouldBe(HttpStatusCode.Conflict, "another body, but not the rate's refusal");

        // The rate is asked before the body is looked at.
        foreach (var way in Ways)
        {
            HttpResponseMessage answer;
            do
            {
                answer = await world.Api.PostAsync(way, "not even JSON");
            } while ((await TypeAsync(answer)) == "invalid-message");

            await RefusedAsync(answer, "too-many-messages");
            answer.Dispose();
        }

        using var again = await world.Api.PostAsync(new Letter([.. many.Recipients.Take(10)]) { File = [1] }, "first");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        whole.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task<string?> TypeAsync(HttpResponseMessage answer) =>
        JsonSerializer
            .Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync())
            .GetProperty("type")
            .GetString();

    private static async Task RefusedAsync(HttpResponseMessage answer, string slug)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await TypeAsync(answer)).ShouldBe(slug);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }
}
