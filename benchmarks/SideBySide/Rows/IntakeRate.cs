using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Intake until it is acknowledged, against the same storage calls made bare.</summary>
internal sealed class IntakeRate : IRow
{
    private const int Bytes = 50_000;
    private const int Clients = 16;

    public string Name => "intake";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (count, warm) = (effort.Pick(10, 500, 2000), effort.Pick(5, 300, 500));
        var message = Mail.OfBytes(Bytes);
        await using var world = new BenchWorld();
        await world.AddSinkAsync("deliver.test");
        var recorded = await Deliveries.RecordAsync(world, effort, message);

        var sides = await Rounds.RunAsync(
            effort.Rounds,
            effort.RowTime,
            () => OursAsync(world, effort, message, warm, count),
            () => BareAsync(world, recorded, message, warm, count)
        );

        var ratio = sides[0].Over(sides[1]);
        return
        [
            new(
                $"intake acknowledged: {count:N0} messages of 50 kB, {Clients} clients",
                "the same storage calls made bare, fresh Azurite each",
                Goal.AtLeast(0.8, "of its messages/s"),
                ratio.Median,
                $"{ratio.Show()}; {sides[0].Median:F0}/s against {sides[1].Median:F0}/s"
            ),
        ];
    }

    /// <summary>Intake alone: what delivers waits meanwhile for a server that says nothing.</summary>
    private static async Task<double> OursAsync(BenchWorld world, Effort effort, byte[] message, int warm, int count)
    {
        await using var azurite = await world.StartAzuriteAsync();
        await using var app = await world.StartAppAsync(
            effort.App,
            azurite.ConnectionString,
            ("Embedded__MaxConcurrentActivities", "1"),
            ("Smtp__ProbeDeadline", "00:02:00")
        );
        await OccupyAsync(world, app);
        await Mail.PostManyAsync(app, warm, Clients, message, n => $"w{n}@deliver.test");
        return await Crowd.RateAsync(count, Clients, n => PostAsync(app, message, n));
    }

    private static async Task OccupyAsync(BenchWorld world, AppProcess app)
    {
        var silent = world.World.StartScripted("mx.silent.test", new SmtpScript());
        var stall = silent.StallAt(SmtpPoint.Greeting); // released when the world ends
        await (await world.World.Dns).SetAsync(silent.ZoneFor("silent.test"));
        using var content = new ByteArrayContent(Mail.OfBytes(1000));
        await Mail.PostAsync(app, content, "r@silent.test");
        await stall.Reached.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task PostAsync(AppProcess app, byte[] message, int n)
    {
        using var content = new ByteArrayContent(message);
        await Mail.PostAsync(app, content, $"r{n}@deliver.test");
    }

    private static async Task<double> BareAsync(
        BenchWorld world,
        RecordedCalls recorded,
        byte[] message,
        int warm,
        int count
    )
    {
        await using var azurite = await world.StartAzuriteAsync();
        var bare = await BareCalls.OnAsync(azurite, recorded, message);
        await Crowd.RunAsync(warm, Clients, _ => bare.TakeInAsync());
        return await Crowd.RateAsync(count, Clients, _ => bare.TakeInAsync());
    }
}
