using System.Text.Json.Nodes;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>A subscriber on its way from one secret to the next.</summary>
public sealed class RotationTests(SubscriptionWorld world) : IClassFixture<SubscriptionWorld>
{
    [Fact]
    public async Task After_a_change_of_secret_a_receiver_that_knows_the_old_one_alone_or_the_new_one_alone_believes()
    {
        await world.AddScriptedAsync("rotated.test");
        var sink = await world.AddSinkAsync();
        var made = await world.SubscribeAsync(new { url = sink.Address, events = new[] { "message.completed" } });
        using var answer = await world.CallAsync(HttpMethod.Post, $"/api/subscriptions/{made["id"]}/secret", null);
        var changed = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        var seen = await world.Api.DeliverAsync(new Letter("a@rotated.test"));

        var told = await world.TakenAsync(sink, one => one.MessageId == seen.Id);
        (await VerificationSample.RunAsync(told, (string)made["secret"]!)).ShouldBe("genuine");
        (await VerificationSample.RunAsync(told, (string)changed["secret"]!)).ShouldBe("genuine");
        (await VerificationSample.RunAsync(told, "whsec_" + Convert.ToBase64String(new byte[32]))).ShouldBe("forged");
        await world.UnsubscribeAsync(made);
    }
}
