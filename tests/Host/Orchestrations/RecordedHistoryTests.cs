using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Embedded.Durable;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Orchestrating;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Orchestrations;

/// <summary>
/// Orchestrations outlive releases: what a release recorded, today's orchestrators must go on with. How to record is said in
/// <c>CONTRIBUTING.md</c>.
/// </summary>
public sealed class RecordedHistoryTests
{
    private const string Prefix = "history:";

    public static TheoryData<string> Recorded =>
        [
            .. typeof(RecordedHistoryTests)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => name[Prefix.Length..])
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_history_is_what_todays_orchestrator_decides(string name)
    {
        var history = Read(name);

        Replay(history, history.Rows);
    }

    [Fact]
    public void Every_release_has_its_histories() =>
        Recorded
            .Select(row => row.Data.Split('/')[0])
            .Distinct(StringComparer.Ordinal)
            .ShouldBe(["1.0", "1.1"], "the folder of a release is kept for good: add that of the next one");

    [Fact]
    public void A_history_that_was_changed_is_told_from_what_was_recorded()
    {
        var history = Read("1.0/deferred");
        var rows = history.Rows.ToArray();
        var probe = Array.FindIndex(rows, row => row.Name == "ProbeDomain");

        rows[probe] = rows[probe] with { Name = "SendByTls" };
        Should.Throw<OrchestrationOffenceException>(() => Replay(history, rows)).Message.ShouldContain("SendByTls");
        Should
            .Throw<OrchestrationOffenceException>(() => Replay(history, history.Rows.Take(probe).ToList()))
            .Message.ShouldContain("which history does not have");
        Should
            .Throw<OrchestrationOffenceException>(() => Replay(history, [.. history.Rows, history.Rows[probe]]))
            .Message.ShouldContain("did nothing there");
    }

    private static void Replay(History history, IReadOnlyList<Row> rows)
    {
        var folder = Directory.CreateTempSubdirectory("histories-").FullName;
        try
        {
            using var host = EngineWorld.Build(
                new EngineWorldOptions(),
                folder,
                typeof(DeliverMessage),
                typeof(DeliverDomains),
                typeof(DeliverOwnMail),
                typeof(DeliverEvent)
            );
            new HistoryReplay(host.Services.GetRequiredService<LiveOrchestrations>()).Run(
                history.Instance,
                history.Version,
                [
                    .. rows.Select(row => new HistoryRow(
                        (EventKind)row.Kind,
                        row.Task,
                        row.Name,
                        row.Data,
                        row.Extra,
                        row.At
                    )),
                ]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static History Read(string name)
    {
        using var stream = typeof(RecordedHistoryTests).Assembly.GetManifestResourceStream(Prefix + name)!;
        return JsonSerializer.Deserialize<History>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record History(string Name, string Instance, string Version, IReadOnlyList<Row> Rows);

    private sealed record Row(int Kind, int Task, string? Name, string? Data, string? Extra, DateTime At);
}
