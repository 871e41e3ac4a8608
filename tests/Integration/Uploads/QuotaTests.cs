using System.Net;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>The rate of a caller, over HTTP.</summary>
public sealed class QuotaTests(QuotaTests.SlowCaller world) : IClassFixture<QuotaTests.SlowCaller>
{
    /// <summary>Three messages, then one in an hour; ten recipients.</summary>
    public sealed class SlowCaller : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Callers__MessagesPerMinute", "1"), ("Callers__MessageBurst", "4"), ("Callers__RecipientsPerDay", "10")];
    }

    [Fact]
    public async Task Over_its_rate_a_caller_is_told_when_to_come_again_and_a_repeat_is_answered_all_the_same()
    {
        var many = new Letter([.. Enumerable.Range(0, 11).Select(i => $"r{i}@rate.test")]);
        using var whole = await world.Api.PostAsync(new Letter([.. many.Recipients.Take(10)]), "first");
        using var recipients = await world.Api.PostAsync(new Letter("x@rate.test"));
        await RefusedAsync(recipients, "too-many-recipients");
        using var repeated = await world.Api.PostAsync(
            new Letter([.. many.Recipients.Take(10)]) { File = [1] },
            "first"
        );
        repeated.StatusCode.ShouldBe(HttpStatusCode.Conflict, "another body, but not the rate's refusal");

        // The rate is asked before the body is looked at.
        HttpResponseMessage answer;
        do
        {
            answer = await world.Api.PostAsync("/api/messages", "not even JSON");
        } while ((await TypeAsync(answer)) == "invalid-message");

        await RefusedAsync(answer, "too-many-messages");
        answer.Dispose();
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
