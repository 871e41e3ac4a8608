using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>Two instances of the app over one storage: one makes the subscription, the other, which has just read the list, sends.</summary>
public sealed class TwoInstanceTests(TwoInstanceTests.Two world) : IClassFixture<TwoInstanceTests.Two>
{
    [Fact]
    public async Task What_the_other_instance_wrote_before_it_knew_of_a_subscription_is_pushed_once_all_know_it()
    {
        await world.AddScriptedAsync("two.test");
        // The instance that sends reads the list of subscriptions, which is empty, and goes by it from now on.
        await world.Api.DeliverAsync(new Letter("before@two.test"));
        await using var sink = await EventSink.StartAsync();
        using var answer = await world.SubscribeElsewhereAsync(sink.Address);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);

        var seen = await world.Api.DeliverAsync(new Letter("a@two.test"));

        foreach (var name in new[] { "recipient.delivered", "message.completed" })
        {
            await Eventually.BeTrueAsync(
                () => sink.Taken.Any(one => one.Event == name && one.MessageId == seen.Id),
                otherwise: () => $"{name} was not told. The app says:\n{world.App.Output}"
            );
        }

        sink.All.ShouldAllBe(one => one.MessageId == seen.Id, "what was before is not told");
        sink.All.Select(one => one.Id).ShouldBeUnique();
    }

    /// <summary>The second instance has no timers: what an embedded instance began, another cannot see.</summary>
    public sealed class Two : DeliveryWorld
    {
        private AppProcess? other;

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Subscriptions__KnownWithin", "00:00:10")];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            other = await World.StartAppAsync([
                ("DOTNET_ENVIRONMENT", "Development"),
                ("Reconciling__Schedule", "0 0 0 1 1 *"),
                ("Purging__Schedule", "0 0 0 1 1 *"),
                .. Settings,
            ]);
        }

        public async Task<HttpResponseMessage> SubscribeElsewhereAsync(Uri url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions");
            request.Headers.Add("x-functions-key", Kit.TestWorld.CallerKey);
            request.Content = System.Net.Http.Json.JsonContent.Create(new { url });
            return await other!.Client.SendAsync(request);
        }
    }
}
