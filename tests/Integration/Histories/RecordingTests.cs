using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Histories;

/// <summary>
/// Records histories of this release anew, into <c>TLSORLINK_HISTORIES</c>; no part of a test run. They are kept for good: a release's folder is
/// only written before it is released (<c>CONTRIBUTING.md</c>).
/// </summary>
public sealed class RecordingTests(RecordingTests.SlowRetries world) : IClassFixture<RecordingTests.SlowRetries>
{
    private readonly HistoryRecording recording = new(
        world.Database,
        Environment.GetEnvironmentVariable("TLSORLINK_HISTORIES") ?? world.World.Folder.Folder("histories")
    );

    [Fact(Explicit = true)]
    public async Task Records_what_deliveries_decide()
    {
        await TlsOnlyAsync();
        await LinkPlannedAsync();
        await FallBackAsync();
        await DeferredAsync();
        await ManyDomainsAsync();
        await HeldAsync();
        await ApprovalAsync();
        await BouncedAsync();
    }

    /// <summary>An event that waits for its second try, and the same once it was taken.</summary>
    [Fact(Explicit = true)]
    public async Task Records_how_an_event_is_pushed()
    {
        await world.AddScriptedAsync("told.test");
        await using var sink = await EventSink.StartAsync();
        sink.Answer = n => n == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.NoContent;
        var subscription = await SubscribeAsync(sink.Address, "message.completed");

        var seen = await world.Api.DeliverAsync(new Letter("a@told.test"));

        var first = await Eventually.GetAsync(
            () => Task.FromResult(sink.All is [var one, ..] ? one : null),
            TimeSpan.FromSeconds(60),
            () => world.App.Output
        );
        var instance = $"event-{subscription}-{seen.Id}-{first.Id.Split('.')[1]}-{first.Id.Split('.')[2]}";
        await recording.KeepAsync("event-waits", instance, history => history.Has(RecordedRow.TimerCreated));
        await recording.KeepAsync("event-taken", instance, history => history.HasEnded);
    }

    private async Task<string> SubscribeAsync(Uri url, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/subscriptions/events/{name}");
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        request.Content = JsonContent.Create(new { url });
        using var answer = await world.App.Client.SendAsync(request);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return made.GetProperty("id").GetString()!;
    }

    private async Task TlsOnlyAsync()
    {
        await world.AddScriptedAsync("good.test");
        var seen = await world.Api.DeliverAsync(new Letter("a@good.test", "b@good.test"));
        await recording.KeepAsync("tls-only", seen.Id, history => history.HasEnded);
    }

    private async Task LinkPlannedAsync()
    {
        await world.AddScriptedAsync("plain.test", _ => new SmtpScript { OffersStartTls = false });
        var seen = await world.Api.DeliverAsync(new Letter("a@plain.test", "b@good.test"));
        await recording.KeepAsync("tls-and-link", seen.Id, history => history.HasEnded);
    }

    private async Task FallBackAsync()
    {
        var server = await world.AddScriptedAsync("stripped.test");
        await world.Api.DeliverAsync(new Letter("a@stripped.test"));
        server.Script = _ => new SmtpScript { OffersStartTls = false };
        var seen = await world.Api.DeliverAsync(new Letter("a@stripped.test"));
        await recording.KeepAsync("link-fallback", seen.Id, history => history.HasEnded);
    }

    /// <summary>A round that waits, one whose activity failed, and the last one.</summary>
    private async Task DeferredAsync()
    {
        var server = await world.AddScriptedAsync(
            "grey.test",
            _ => new SmtpScript { RecipientReply = _ => "450 4.7.1 greylisted" }
        );
        var id = (await world.Api.SendAsync(new Letter("a@grey.test"))).Id;
        await recording.KeepAsync("deferred", id, history => history.Has(RecordedRow.TimerCreated));

        server.Script = _ => new SmtpScript();
        await world.Api.WaitForCompletionAsync(id);
        await recording.KeepAsync("second-round", id, history => history.HasEnded);

        server.Script = _ => new SmtpScript { RecipientReply = _ => "450 4.7.1 greylisted" };
        var lost = (await world.Api.SendAsync(new Letter("a@grey.test"))).Id;
        await world.Api.WaitAsync(lost, seen => seen.Of("a@grey.test").State == "deferred");
        await RemoveContentAsync(lost);
        server.Script = _ => new SmtpScript();
        await recording.KeepAsync(
            "failed-activity",
            lost,
            history => history.Has(RecordedRow.TaskFailed) && history.Has(RecordedRow.TimerCreated)
        );
    }

    private async Task ManyDomainsAsync()
    {
        string[] recipients = [.. Enumerable.Range(0, 45).Select(i => $"a@nowhere{i}.test")];
        var seen = await world.Api.DeliverAsync(new Letter(recipients));
        foreach (var (i, child) in recording.ChildrenOf(seen.Id).Index())
        {
            await recording.KeepAsync($"many-domains-part-{i}", child, history => history.HasEnded);
        }

        await recording.KeepAsync("many-domains", seen.Id, history => history.HasEnded);
    }

    /// <summary>A hold that waits, and one that was cancelled.</summary>
    private async Task HeldAsync()
    {
        var id = (await world.Sender.PostAsync(new { hold = "manual" }, "a@good.test")).Id;
        await recording.KeepAsync("held", id, history => history.Has(RecordedRow.TimerCreated));
        (await world.Sender.DecideAsync(id, "cancel")).Status.ShouldBe(202);
        await recording.KeepAsync("held-and-cancelled", id, history => history.HasEnded);
    }

    /// <summary>An approval that is waited for, and a message that was rejected.</summary>
    private async Task ApprovalAsync()
    {
        var id = (await world.Clerk.PostAsync(null, "a@good.test")).Id;
        await recording.KeepAsync("approval", id, history => history.Has(RecordedRow.TimerCreated));
        (await world.Desk.DecideAsync(id, "reject")).Status.ShouldBe(202);
        await recording.KeepAsync("approval-rejected", id, history => history.HasEnded);
    }

    /// <summary>A bounce, and the way of the mail itself.</summary>
    private async Task BouncedAsync()
    {
        await world.AddScriptedAsync("no.test", _ => new SmtpScript { RecipientReply = _ => "550 5.1.1 no such user" });
        var id = (await world.Api.DeliverAsync(new Letter("a@no.test"))).Id;
        await recording.KeepAsync("bounced", id, history => history.HasEnded);
        await recording.KeepAsync("own-mail", $"{id}~bounce~-1~0", history => history.HasEnded);
    }

    private async Task RemoveContentAsync(string id)
    {
        var container = (await world.World.Azurite).NewBlobClient().GetBlobContainerClient("messages");
        await foreach (var blob in container.GetBlobsAsync())
        {
            if (blob.Name.Contains(id, StringComparison.Ordinal))
            {
                await container.DeleteBlobAsync(blob.Name);
            }
        }
    }

    /// <summary>Retries that leave time to look at a round that waits.</summary>
    public sealed class SlowRetries : HoldingWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                .. base.Settings,
                ("Delivery__FirstRetry", "00:00:04"),
                ("Delivery__LongestRetry", "00:00:04"),
                ("Subscriptions__FirstRetry", "00:00:04"),
                ("Purging__Schedule", "0 0 0 1 1 *"),
            ];
    }
}
