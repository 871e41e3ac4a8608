using System.Net;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>What subscribers are told, and what they are not.</summary>
public sealed class EventTests(SubscriptionWorld world) : IClassFixture<SubscriptionWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task Every_event_of_a_message_is_pushed_signed_with_addresses_read_from_the_rows()
    {
        await world.AddScriptedAsync("told.test");
        var linking = await world.AddScriptedAsync("toldlink.test", _ => new SmtpScript { OffersStartTls = false });
        await (await world.World.Dns).SetAsync([new Zone("toldnull.test", "@ MX 0 .")]);
        var sink = await world.AddSinkAsync();
        var made = await world.SubscribeAsync(new { url = $"{sink.Address}all?sig=callback-secret" });

        var held = await world.Sender.PostAsync(
            new { hold = "manual" },
            "a@told.test",
            "b@toldlink.test",
            "c@toldnull.test"
        );
        var waiting = await world.TakenAsync(sink, one => one.Event == "message.held");
        waiting.Path.ShouldBe("/all?sig=callback-secret");
        ((string?)waiting.Json["holdKind"]).ShouldBe("manual");
        ((string?)waiting.Json["recipient"]).ShouldBeNull();
        await world.Sender.DecideAsync(held.Id, "release");

        var delivered = await world.TakenAsync(sink, one => one.Event == "recipient.delivered");
        ((string?)delivered.Json["recipient"]).ShouldBe("a@told.test");
        ((string?)delivered.Json["sender"]).ShouldBe("hanako@sender.example");
        ((string?)delivered.Json["route"]).ShouldBe("tls");
        ((string?)delivered.Json["reason"]).ShouldBe("verified");
        ((string?)delivered.Json["tlsVersion"]).ShouldStartWith("Tls");
        var linked = await world.TakenAsync(sink, one => one.Event == "recipient.linked");
        ((string?)linked.Json["recipient"]).ShouldBe("b@toldlink.test");
        var bounced = await world.TakenAsync(sink, one => one.Event == "recipient.bounced");
        ((string?)bounced.Json["recipientState"]).ShouldBe("undeliverable");
        ((string?)bounced.Json["reason"]).ShouldBe("null-mx");
        var completed = await world.TakenAsync(sink, one => one.Event == "message.completed");
        ((string?)completed.Json["messageState"]).ShouldBe("completed");

        var mail = await LinkMailSeen.ReadAsync(linking.Messages.Single());
        (await mail.OpenAsync(world.App.Client)).Dispose();
        var opened = await world.TakenAsync(sink, one => one.Event == "link.opened");
        ((string?)opened.Json["linkId"]).ShouldBe((string?)linked.Json["linkId"]);
        await mail.PressAsync(world.App.Client, 1);
        await world.TakenAsync(sink, one => one.Event == "link.downloaded");

        await SignedAsync(sink, (string)made["secret"]!);
        sink.All.ShouldAllBe(one => one.MessageId == held.Id && one.Headers["content-type"].Contains("json"));
        sink.All.ShouldAllBe(one => !one.Headers.ContainsKey("traceparent"), "our trace is no business of theirs");
        world.App.Output.ShouldNotContain("callback-secret");
        await world.UnsubscribeAsync(made);
    }

    [Fact]
    public async Task Of_events_that_were_not_asked_for_and_of_others_messages_nobody_is_told()
    {
        await world.AddScriptedAsync("own.test");
        var (mine, theirs) = (await world.AddSinkAsync(), await world.AddSinkAsync());
        string[] only = ["message.completed"];
        var made = await world.SubscribeAsync(
            new
            {
                url = mine.Address,
                events = only,
                includeAddresses = false,
            }
        );
        var other = await world.SubscribeAsync(new { url = theirs.Address }, "clerk-key");

        var seen = await world.Api.DeliverAsync(new Letter("a@own.test"));

        var told = await world.TakenAsync(mine, one => one.MessageId == seen.Id);
        mine.All.ShouldHaveSingleItem().Event.ShouldBe("message.completed");
        told.Body.ShouldNotContain("@");
        theirs.All.ShouldBeEmpty();
        await world.UnsubscribeAsync(made);
        await world.UnsubscribeAsync(other, "clerk-key");
    }

    [Fact]
    public async Task Who_has_no_subscription_pays_nothing_for_those_of_others()
    {
        await world.AddScriptedAsync("free.test");
        var theirs = await world.AddSinkAsync();
        var other = await world.SubscribeAsync(new { url = theirs.Address }, "clerk-key");
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;

        var seen = await world.Api.DeliverAsync(new Letter("a@free.test"));

        proxy
            .CallsSince(before)
            .SelectMany(call => call.Entities)
            .Where(entity => entity.RowKey.StartsWith("w:", StringComparison.Ordinal) || IsPointer(entity, seen.Id))
            .ShouldBeEmpty();
        theirs.All.ShouldBeEmpty();
        await world.UnsubscribeAsync(other, "clerk-key");
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_the_same_id_and_then_given_up_and_told_in_the_trail()
    {
        await world.AddScriptedAsync("again.test");
        var (late, never) = (await world.AddSinkAsync(), await world.AddSinkAsync());
        late.Answer = n => n < 2 ? HttpStatusCode.InternalServerError : HttpStatusCode.NoContent;
        never.Answer = _ => HttpStatusCode.Found;
        string[] only = ["message.completed"];
        var one = await world.SubscribeAsync(new { url = late.Address, events = only });
        var two = await world.SubscribeAsync(new { url = never.Address, events = only });

        var seen = await world.Api.DeliverAsync(new Letter("a@again.test"));

        var taken = await world.TakenAsync(late, told => told.MessageId == seen.Id);
        late.All.Select(told => told.Id).Distinct().ShouldHaveSingleItem().ShouldBe(taken.Id);
        late.All.Count.ShouldBe(3);
        await Eventually.GetAsync(
            async () => (await TrailAsync(seen.Id)).Contains("event.undelivered", StringComparison.Ordinal) ? "" : null,
            Patience,
            () => world.App.Output
        );
        never.All.ShouldAllBe(told => told.Path == "/", "no redirect is followed");
        await Eventually.BeTrueAsync(() =>
            world.App.Output.Contains("was given up for subscription", StringComparison.Ordinal)
        );
        // It had taken nothing for longer than Subscriptions:FailingLife.
        await Eventually.GetAsync(
            async () => await StatusAsync(two) == HttpStatusCode.NotFound ? "" : null,
            Patience,
            () => world.App.Output
        );
        await world.UnsubscribeAsync(one);
    }

    [Fact]
    public async Task A_subscriber_that_is_gone_is_removed_here_one_with_HTTPS()
    {
        await world.AddScriptedAsync("gone.test");
        await (await world.World.Dns).SetAsync([new Zone("hooks.test", "@ A 127.0.0.1")]);
        await using var sink = await EventSink.StartAsync(world.World.Authority.Issue("hooks.test"));
        var url = $"https://hooks.test:{sink.Address.Port}/x";
        sink.Answer = _ => HttpStatusCode.Gone;
        var made = await world.SubscribeAsync(new { url, events = new[] { "message.completed" } });

        await world.Api.DeliverAsync(new Letter("a@gone.test"));

        await Eventually.GetAsync(
            async () => await StatusAsync(made) == HttpStatusCode.NotFound ? "" : null,
            Patience,
            () => world.App.Output
        );
        sink.All.ShouldHaveSingleItem();
        await world.SettleAsync();
    }

    private static bool IsPointer(Kit.Storage.EntityOperation entity, string id) =>
        entity.Table == "Due"
        && entity.RowKey == id
        && entity.PartitionKey.StartsWith("event|", StringComparison.Ordinal);

    private async Task<HttpStatusCode> StatusAsync(JsonNode made)
    {
        using var answer = await world.CallAsync(HttpMethod.Get, $"/api/subscriptions/{made["id"]}", body: null);
        return answer.StatusCode;
    }

    private async Task<string> TrailAsync(string id)
    {
        using var answer = await world.Api.GetAsync($"/api/messages/{id}/events?verify=true");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>By the sample of docs/api.md, which knows the secret alone.</summary>
    private static async Task SignedAsync(EventSink sink, string secret)
    {
        foreach (var one in sink.All)
        {
            (await VerificationSample.RunAsync(one, secret)).ShouldBe("genuine");
        }

        var first = sink.All[0];
        (await VerificationSample.RunAsync(first with { Body = first.Body + " " }, secret)).ShouldBe("forged");
        (await VerificationSample.RunAsync(first, "whsec_" + Convert.ToBase64String(new byte[32]))).ShouldBe("forged");
    }
}
