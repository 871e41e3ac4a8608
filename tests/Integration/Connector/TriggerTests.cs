using System.Net;
using Azure;
using Azure.Data.Tables;
using TlsOrLink.Links;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Connector;

/// <summary>Every trigger of the connector, from its own definition, against the real app: registered, fired, removed.</summary>
public sealed class TriggerTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task Every_trigger_of_the_connector_is_registered_fires_and_is_removed()
    {
        await world.AddScriptedAsync("fires.test");
        var linking = await world.AddScriptedAsync("fireslink.test", _ => new SmtpScript { OffersStartTls = false });
        await (await world.World.Dns).SetAsync([new Zone("firesnull.test", "@ MX 0 .")]);
        await using var platform = await EventSink.StartAsync();
        var flow = new FlowClient(world.App, TestWorld.CallerKey);
        Dictionary<string, Uri> registered = new(StringComparer.Ordinal);
        FlowClient.Triggers.Count.ShouldBe(8);
        foreach (var trigger in FlowClient.Triggers)
        {
            registered[trigger] = await flow.RegisterAsync(trigger, new Uri(platform.Address, $"{trigger}?sig=x"));
        }

        var sent = await world.Sender.PostAsync(
            new { hold = "manual" },
            "a@fires.test",
            "b@fireslink.test",
            "c@fireslink.test",
            "d@firesnull.test"
        );
        await FiresAsync("WhenMessageHeld");
        await world.Sender.DecideAsync(sent.Id, "release");
        await FiresAsync("WhenMessageCompleted");
        var mail = await LinkMailSeen.ReadAsync(
            linking.Messages.First(one => one.Recipients.Contains("b@fireslink.test"))
        );
        await RemindNowAsync(sent.Id, linking);
        (await mail.OpenAsync(world.App.Client)).Dispose();
        await mail.PressAsync(world.App.Client, 1);

        foreach (var trigger in FlowClient.Triggers)
        {
            var fired = await FiresAsync(trigger);
            var offered = FlowClient.Offered(trigger, fired.Json);
            ((string?)offered["messageId"]).ShouldBe(sent.Id);
            ($"When{((string)offered["event"]!).Replace(".", "", StringComparison.Ordinal)}").ShouldBe(
                trigger,
                StringCompareShould.IgnoreCase
            );
        }

        // The platform asks for nothing else: each trigger got its own event only.
        platform
            .Taken.Where(one => !one.Path.StartsWith($"/{TriggerOf(one)}?", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();
        foreach (var (trigger, location) in registered)
        {
            (await flow.UnregisterAsync(location)).ShouldBe(HttpStatusCode.NoContent, trigger);
            (await flow.UnregisterAsync(location)).ShouldBe(HttpStatusCode.NotFound, trigger);
        }

        var later = await world.Api.DeliverAsync(new Letter("e@fires.test"));
        platform.All.ShouldNotContain(one => one.MessageId == later.Id);

        Task<TakenEvent> FiresAsync(string trigger) =>
            Eventually.GetAsync(
                () =>
                    Task.FromResult(
                        platform.Taken.FirstOrDefault(one =>
                            one.Path.StartsWith($"/{trigger}?", StringComparison.Ordinal)
                        )
                    ),
                Patience,
                () => $"{trigger} did not fire. The app says:\n{world.App.Output}"
            );
    }

    /// <summary>Lets the time come at which the other link is to be reminded of.</summary>
    private async Task RemindNowAsync(string id, ScriptedSmtp linking)
    {
        var mail = await LinkMailSeen.ReadAsync(
            linking.Messages.First(one => one.Recipients.Contains("c@fireslink.test"))
        );
        var (tables, link) = ((await world.World.Azurite).NewTableClient(), LinkIdOf(mail.Token));
        var moment = DateTimeOffset.UtcNow;
        var row = await tables.GetTableClient(TableNames.Links).GetEntityAsync<TableEntity>(link, Keys.Link);
        row.Value.GetDateTimeOffset("RemindAt")
            .ShouldBe(
                row.Value.GetDateTimeOffset("ExpiresAt")!.Value.AddDays(-1),
                "nobody asked for a mail, a flow did"
            );
        await tables
            .GetTableClient(TableNames.Links)
            .UpdateEntityAsync(
                new TableEntity(link, Keys.Link) { ["RemindAt"] = moment },
                ETag.All,
                TableUpdateMode.Merge
            );
        await new DueTable(tables).InsertAsync(new Due(DueKinds.Reminder, moment, link, id), default);
    }

    private static string LinkIdOf(string token) =>
        LinkToken.TryParse(token, out var known)
            ? known.LinkId
            : throw new ArgumentException("No token.", nameof(token));

    private static string TriggerOf(TakenEvent one) => $"When{one.Event.Replace(".", "", StringComparison.Ordinal)}";
}
