using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>One message to ten times the recipients in ten times the domains: it must cost about ten times as much, in the same memory.</summary>
internal sealed class ManyRecipients : IRow
{
    public string Name => "recipients";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var domains = effort.Pick(10, 100, 100);
        string[] names = [.. Enumerable.Range(0, domains * 10).Select(n => $"d{n}.many.test")];
        await using var world = new BenchWorld();
        await world.AddSinkAsync(names);
        List<Run> large = [];
        List<Run> small = [];
        for (var round = 0; round < effort.Pick(1, 2, 5); round++)
        {
            small.Add(await DeliverAsync(world, effort, names[..domains]));
            large.Add(await DeliverAsync(world, effort, names));
            small.Add(await DeliverAsync(world, effort, names[..domains]));
        }

        return Findings(domains, Samples(large, run => run.Seconds), Samples(small, run => run.Seconds), large, small);
    }

    private sealed record Run(double Seconds, double PeakBytes, int LargestHistory);

    private static Samples Samples(List<Run> runs, Func<Run, double> pick) => new([.. runs.Select(pick)]);

    private static IReadOnlyList<Finding> Findings(
        int domains,
        Samples time,
        Samples smallTime,
        List<Run> large,
        List<Run> small
    )
    {
        var what = $"one message to {domains * 100:N0} recipients in {domains * 10:N0} domains";
        var peer = $"itself: {domains * 10:N0} in {domains}";
        var (peak, smallPeak) = (Samples(large, run => run.PeakBytes), Samples(small, run => run.PeakBytes));
        var history = Samples(large, run => run.LargestHistory);
        var (times, peaks) = (time.Median / smallTime.Median, peak.Median / smallPeak.Median);
        return
        [
            new(
                $"{what}: time",
                peer,
                Goal.AtMost(11, "times"),
                times,
                $"{times:F1}; {time.Show("F1")} s against {smallTime.Show("F1")} s"
            ),
            new(
                $"{what}: peak memory",
                peer,
                Goal.AtMost(2, "times"),
                peaks,
                $"{peaks:F2}; {peak.Median / 1e6:F0} MB against {smallPeak.Median / 1e6:F0} MB"
            ),
            new(
                $"{what}: largest orchestration history",
                "none",
                Goal.AtMost(500, "events"),
                history.Max,
                $"{history.Max:F0}"
            ),
        ];
    }

    private static async Task<Run> DeliverAsync(BenchWorld world, Effort effort, string[] domains)
    {
        var recipients = domains.Length * 10;
        await using var azurite = await world.StartAzuriteAsync();
        var database = world.World.Folder.File("app", $"{Guid.NewGuid():n}.db");
        await using var app = await world.StartAppAsync(
            effort.App,
            azurite.ConnectionString,
            ("Embedded__Database", database)
        );
        await PostAsync(app, [$"warm@{domains[0]}"]);
        await Mail.AcceptedAsync(app, 1);
        var clock = Stopwatch.StartNew();
        await PostAsync(app, [.. Enumerable.Range(0, recipients).Select(n => $"r{n}@{domains[n % domains.Length]}")]);
        await Mail.AcceptedAsync(app, 1 + recipients);
        return new Run(clock.Elapsed.TotalSeconds, app.PeakMemoryBytes, LargestHistory(database));
    }

    private static async Task PostAsync(Tests.Kit.App.AppProcess app, string[] recipients)
    {
        using var content = JsonContent.Create(
            new
            {
                sender = BenchWorld.Sender,
                recipients,
                subject = "Quotation",
                body = new { text = "Dear Sirs, our quotation is attached." },
                attachments = new[]
                {
                    new
                    {
                        name = "quotation.bin",
                        contentType = "application/octet-stream",
                        contentBytes = Convert.ToBase64String(new byte[30_000]),
                    },
                },
            }
        );
        await Mail.PostAsync(app, content);
    }

    private static int LargestHistory(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT MAX(next) FROM instances";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
