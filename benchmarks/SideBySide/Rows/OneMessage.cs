using System.Diagnostics;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Where the time of one message goes: one at a time through a warm app, read off the requests between app and storage.</summary>
internal sealed class OneMessage : IRow
{
    private const string Recipient = "r@one.test";

    public string Name => "one-message";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var message = Mail.OfBytes(50_000);
        await using var world = new BenchWorld();
        await world.AddSinkAsync("one.test");
        await using var azurite = await world.StartAzuriteAsync();
        await using var proxy = await StorageProxy.StartAsync(azurite, world.World.Authority);
        var connection = Azurite.ConnectionStringFor(proxy.BlobUri, proxy.TableUri);
        await using var app = await world.StartAppAsync(effort.App, connection);
        var warm = effort.Pick(5, 200, 400);
        await Mail.PostManyAsync(app, warm, 8, message, _ => Recipient);
        await Eventually.BeTrueAsync(
            () => proxy.Calls.Count(call => RecordedCalls.IsLast(call)) == warm,
            TimeSpan.FromMinutes(2),
            () => app.Output
        );
        List<Stages> seen = [];
        for (var n = 0; n < effort.Pick(1, 50, 200); n++)
        {
            var posted = Stopwatch.GetTimestamp();
            seen.Add(Stages.Of(posted, await RecordedCalls.CompleteAsync(proxy, app, message, [Recipient])));
        }

        return Tell(effort, seen);
    }

    private static List<Finding> Tell(Effort effort, List<Stages> seen)
    {
        (string Name, Samples Milliseconds)[] parts =
        [
            .. Stages
                .Names.Index()
                .Select(name => (name.Item, new Samples([.. seen.Select(one => one.Milliseconds[name.Index])]))),
        ];
        effort.Log("```mermaid\npie showData title Milliseconds of one message of 50 kB");
        foreach (var (name, milliseconds) in parts)
        {
            effort.Log($"  \"{name}\" : {milliseconds.Median:F1}");
        }

        effort.Log("```");
        return
        [
            .. parts.Select(part => new Finding(
                $"one message: {part.Name}",
                "none",
                null,
                part.Milliseconds.Median,
                $"{part.Milliseconds.Show("F1")} ms"
            )),
        ];
    }

    /// <summary>Milliseconds of each stage. What the app does stands between its requests to storage.</summary>
    private sealed record Stages(double[] Milliseconds)
    {
        public static readonly string[] Names =
        [
            "intake: the request is read and checked",
            "intake: storage",
            "intake: between",
            "delivery: storage",
            "delivery: orchestration and everything between",
            "SMTP: connect, STARTTLS, MAIL, RCPT",
            "SMTP: DATA until 250",
        ];

        public static Stages Of(long posted, IReadOnlyList<StorageCall> calls)
        {
            var intake = calls.Index().First(call => call.Item.Writes("Messages", "m")).Index;
            // The content is read once the connection stands, then the recipients are claimed.
            var content = calls
                .Index()
                .Last(call => call.Item is { Service: StorageService.Blob, Method: "GET" })
                .Index;
            var stages = new double[Names.Length];
            var before = posted;
            foreach (var (i, call) in calls.Index())
            {
                var gap =
                    i == 0 ? 0
                    : i <= intake ? 2
                    : i >= content && i <= content + 1 ? 5
                    : i == content + 2 ? 6
                    : 4;
                stages[gap] += Between(before, call.ArrivedAt);
                stages[i <= intake ? 1 : 3] += Between(call.ArrivedAt, call.AnsweredAt);
                before = call.AnsweredAt;
            }

            return new Stages(stages);
        }

        private static double Between(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
    }
}
