using System.Net;
using System.Text;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Telemetry;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Telemetry;

/// <summary>What an OpenTelemetry collector sees of the app, and what it must never see.</summary>
public sealed class TraceTests(TraceTests.Watched world) : IClassFixture<TraceTests.Watched>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>A world whose app exports to a collector; its canaries can be reached.</summary>
    public sealed class Watched : DeliveryWorld, IAsyncDisposable
    {
        private Collector? _collector;

        internal Collector Collector => _collector!;

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                .. _collector!.Settings,
                ("Callers__0__Roles__1", "operator"),
                ("Probing__Canaries__0", "one.canary.test"),
                ("Probing__Canaries__1", "two.canary.test"),
                ("Probing__Canaries__2", "three.canary.test"),
                ("Logging__LogLevel__Default", "Debug"),
            ];

        public override async ValueTask InitializeAsync()
        {
            _collector = await Collector.StartAsync();
            await base.InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await _collector!.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_trace_leads_from_intake_to_the_receipt()
    {
        await world.AddPostfixAsync("traced.test");

        var seen = await world.Api.DeliverAsync(new Letter("a@traced.test"));

        seen.Of("a@traced.test").State.ShouldBe("accepted");
        string[] wanted =
        [
            "POST /api/messages",
            "intake",
            "activityTrigger BeginRound",
            "probe",
            "send",
            "receipt",
            "orchestration DeliverMessage",
        ];
        await Eventually.BeTrueAsync(
            () => TraceOf(seen.Id).Select(span => span.Name).ToHashSet().IsSupersetOf(wanted),
            Patience,
            Say
        );
        TraceOf(seen.Id).Single(span => span.Name == "POST /api/messages").ParentId.ShouldBeEmpty("it is the root");
        // A span is told when it ends, which is after those within it.
        await Eventually.BeTrueAsync(
            () => HangingOf(seen.Id).Count == 0,
            Patience,
            () => $"These hang in the air: {string.Join(", ", HangingOf(seen.Id))}\n{Say()}"
        );
    }

    [Fact]
    public async Task A_notification_joins_the_trace_of_its_message()
    {
        await world.AddScriptedAsync("pushed.test");
        await using var sink = await EventSink.StartAsync();
        using (var made = await world.Api.PostAsync("/api/subscriptions", $$"""{ "url": "{{sink.Address}}?quokka" }"""))
        {
            made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        }

        var seen = await world.Api.DeliverAsync(new Letter("a@pushed.test"));

        await Eventually.BeTrueAsync(() => TraceOf(seen.Id).Count(span => span.Name == "webhook") == 2, Patience, Say);
        TraceOf(seen.Id)
            .Where(span => span.Name == "webhook")
            .SelectMany(span => span.Tags)
            .ShouldContain("tlsorlink.event=recipient.delivered");
        await Eventually.BeTrueAsync(() => world.Collector.Metrics.Contains("tlsorlink.notifications"), Patience, Say);
    }

    [Fact]
    public async Task Every_metric_is_told()
    {
        await world.AddPostfixAsync("measured.test");
        await world.Api.DeliverAsync(new Letter("a@measured.test"));
        (await world.Api.GetAsync("/health")).Dispose();

        string[] wanted =
        [
            "tlsorlink.messages",
            "tlsorlink.recipients",
            "tlsorlink.probe.duration",
            "tlsorlink.delivery.duration",
            "tlsorlink.verdict.lookups",
            "tlsorlink.purge.lag",
            "tlsorlink.queue.age",
            "tlsorlink.egress.blocked",
        ];
        await Eventually.BeTrueAsync(
            () => world.Collector.Metrics.IsSupersetOf(wanted),
            Patience,
            () => string.Join(", ", wanted.Except(world.Collector.Metrics)) + " missing. " + Say()
        );
    }

    [Fact]
    public async Task Nothing_personal_and_no_token_is_told()
    {
        var server = await world.AddScriptedAsync("shown.test", _ => new SmtpScript { OffersStartTls = false });
        var letter = new Letter("quokka.person@shown.test")
        {
            Subject = "quokka subject",
            FileName = "quokka-file.bin",
            Text = "quokka text",
        };
        var answer = await world.Api.PostAsync(letter);
        var ticket = answer.Headers.Location!.ToString();
        var stored = await MessageApi.ReadAsync(answer);
        await world.Api.WaitForCompletionAsync(stored.Id);
        (await world.App.Client.GetAsync(new Uri(ticket, UriKind.RelativeOrAbsolute))).Dispose();
        var mail = await LinkMailSeen.ReadAsync(server.Messages.Single());
        using (var page = await mail.OpenAsync(world.App.Client))
        {
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await mail.DownloadAsync(world.App.Client, world.World, 1);
        using (var unknown = await world.App.Client.GetAsync(new Uri("/d/quokka-token?quokka=query", UriKind.Relative)))
        {
            unknown.IsSuccessStatusCode.ShouldBeFalse();
        }

        await Eventually.BeTrueAsync(
            () =>
                Names().Contains("GET /d/{token}")
                && Names().Contains("POST /d/{token}/files/{n}")
                && world.Collector.Logs > 0,
            Patience,
            Say
        );
        var token = mail.Url.AbsolutePath.Split('/')[^1];
        string[] canaries = ["quokka", letter.Sender, "hanako", token, ticket.Split('=')[^1], Kit.TestWorld.CallerKey];
        var all = string.Concat(world.Collector.Bodies.Select(Encoding.UTF8.GetString));
        foreach (var canary in canaries)
        {
            all.Contains(canary, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{canary} was told");
        }
    }

    private IReadOnlyList<SeenSpan> TraceOf(string message)
    {
        var spans = world.Collector.Spans;
        var root = spans.FirstOrDefault(span =>
            span.Name == "intake" && span.Tags.Contains($"tlsorlink.message.id={message}")
        );
        return [.. spans.Where(span => span.TraceId == root?.TraceId)];
    }

    /// <summary>Names of spans whose parent is not in the trace.</summary>
    private List<string> HangingOf(string message)
    {
        var trace = TraceOf(message);
        return
        [
            .. trace
                .Where(span => span.ParentId.Length > 0 && trace.All(parent => parent.Id != span.ParentId))
                .Select(span => span.Name),
        ];
    }

    private HashSet<string> Names() => [.. world.Collector.Spans.Select(span => span.Name)];

    private string Say() =>
        string.Join('\n', world.Collector.Spans.Select(span => $"{span.TraceId} {span.Name}")) + world.App.Output;
}
