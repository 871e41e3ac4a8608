using System.Diagnostics;
using System.Net;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>
/// Messages of 50 kB to one recipient each, from intake to accepted over TLS, against the same storage calls and SMTP transactions made
/// bare, and the processor time of a message against Postfix's. All three send to one and the same Postfix, and are warm
/// (docs/decisions/071).
/// </summary>
internal sealed class Deliveries : IRow
{
    private const int Bytes = 50_000;
    private const int Clients = 16;
    private const int BareAtOnce = 32;
    private const string Domain = "deliver.test";
    private const string Host = "mx.sink.test";

    public string Name => "deliveries";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (count, warm, bareWarm) = (effort.Pick(10, 500, 500), effort.Pick(5, 500, 500), effort.Pick(5, 50, 50));
        var message = Mail.OfBytes(Bytes);
        await using var world = new BenchWorld();
        var sink = await world.AddSinkAsync(Domain);
        var place = BenchWorld.Of(sink, world.SmtpPort);
        await using var postfix = await PostfixRelay.StartAsync(place);
        var recorded = await RecordAsync(world, effort, message);
        List<double> ourSeconds = [];
        List<double> theirSeconds = [];
        await postfix.SendAsync(bareWarm, Clients, Bytes, $"r@{Domain}");

        async Task<double> OursAsync()
        {
            var (rate, seconds) = await DeliverAsync(world, effort, message, warm, count);
            ourSeconds.Add(seconds);
            return rate;
        }

        async Task<double> PostfixAsync()
        {
            var (rate, seconds) = await postfix.SendAsync(count, Clients, Bytes, $"r@{Domain}");
            theirSeconds.Add(seconds);
            return rate;
        }

        var sides = await Rounds.RunAsync(
            effort.Rounds,
            2 * effort.RowTime,
            OursAsync,
            () => BareAsync(world, recorded, message, place, bareWarm, count),
            PostfixAsync
        );
        return Findings(count, sides, new Samples(ourSeconds), new Samples(theirSeconds));
    }

    /// <summary>The calls of one message, which the bare side repeats.</summary>
    public static async Task<RecordedCalls> RecordAsync(BenchWorld world, Effort effort, byte[] message)
    {
        await using var azurite = await world.StartAzuriteAsync();
        await using var proxy = await StorageProxy.StartAsync(azurite, world.World.Authority);
        var connection = Azurite.ConnectionStringFor(proxy.BlobUri, proxy.TableUri);
        await using var app = await world.StartAppAsync(effort.App, connection);
        return await RecordedCalls.OfAsync(azurite, proxy, app, message, [$"r@{Domain}"]);
    }

    private static IReadOnlyList<Finding> Findings(
        int count,
        IReadOnlyList<Samples> sides,
        Samples ourSeconds,
        Samples theirSeconds
    )
    {
        var (rate, cost) = (sides[0].Over(sides[1]), ourSeconds.Over(theirSeconds));
        return
        [
            new(
                $"end to end: {count} messages of 50 kB, one recipient each, intake to accepted over TLS",
                "the same storage calls and SMTP transactions made bare, fresh Azurite each",
                Goal.AtLeast(0.8, "of its messages/s"),
                rate.Median,
                $"{rate.Show()}; {sides[0].Median:F0}/s against {sides[1].Median:F0}/s"
            ),
            new(
                "the same, processor seconds of our process for each message",
                "Postfix with smtp_tls_security_level=encrypt, all its processes, same sink",
                Goal.AtMost(1.5, "times Postfix's"),
                cost.Median,
                $"{cost.Show()}; {ourSeconds.Median * 1000:F1} ms against {theirSeconds.Median * 1000:F1} ms; Postfix relays {sides[2].Median:F0}/s"
            ),
        ];
    }

    private static async Task<(double Rate, double Seconds)> DeliverAsync(
        BenchWorld world,
        Effort effort,
        byte[] message,
        int warm,
        int count
    )
    {
        await using var azurite = await world.StartAzuriteAsync();
        await using var app = await world.StartAppAsync(effort.App, azurite.ConnectionString);
        await Mail.PostManyAsync(app, warm, Clients, message, n => $"w{n}@{Domain}");
        await Mail.AcceptedAsync(app, warm);
        var (before, clock) = (ProcessorTime.Of(app.Id), Stopwatch.StartNew());
        await Mail.PostManyAsync(app, count, Clients, message, n => $"r{n}@{Domain}");
        await Mail.AcceptedAsync(app, warm + count);
        return (count / clock.Elapsed.TotalSeconds, (ProcessorTime.Of(app.Id) - before) / count);
    }

    private static async Task<double> BareAsync(
        BenchWorld world,
        RecordedCalls recorded,
        byte[] message,
        IPEndPoint sink,
        int warm,
        int count
    )
    {
        await using var azurite = await world.StartAzuriteAsync();
        var bare = await BareCalls.OnAsync(azurite, recorded, message);

        async Task OneAsync(int n) =>
            await bare.DeliverAsync(await bare.TakeInAsync(), sink, Host, $"r{n}@{Domain}", world);

        await Crowd.RunAsync(warm, BareAtOnce, OneAsync);
        return await Crowd.RateAsync(count, BareAtOnce, OneAsync);
    }
}
