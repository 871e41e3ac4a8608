using System.Runtime.CompilerServices;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>
/// Postfix's own probe and ours over every real server and zone of the world. They agree, but for the differences named here and
/// explained in <c>docs/tls-decision.md</c>. Prints the comparison.
/// </summary>
public sealed class PostTlsFingerTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    private static readonly string[] Levels = ["dane", "secure"];

    /// <summary>Domain and level of each deliberate difference, with its name in the documentation.</summary>
    private static readonly Dictionary<(string Domain, string Level), string> Differences = new()
    {
        [("dane.test", "secure")] = "dane-needs-no-authority",
        [("danebad.test", "secure")] = "dane-outranks-certificates",
        [("servfail.test", "secure")] = "dane-unanswered",
        [("stsmx.test", "secure")] = "mta-sts-is-policy",
        [("two.test", "secure")] = "every-host-counts",
    };

    [Fact]
    public async Task Agrees_with_posttls_finger_on_every_real_server()
    {
        var table = new DecisionTable(world);
        await ServerRows.AddAsync(table);
        await PolicyRows.AddAsync(table);
        await table.StartAsync();
        using var rooms = new VerdictRooms(await world.GetSettingsAsync(), (await world.Azurite).NewTableClient());
        var (finger, relay) = await PostTlsFinger.StartAsync(world);
        using var atPort53 = relay;
        // posttls-finger would dial the metadata address: nothing may leave this machine.
        var rows = table.Rows.Where(row => table.IsReal(row) && row.Domain != "metadata.test").ToList();

        var compared = new List<Comparison>();
        foreach (var row in rows)
        {
            var probing = rooms.ProbeAsync(row.Domain);
            var theirs = await Task.WhenAll(Levels.Select(level => finger.AskAsync(level, row.Domain)));
            var verdict = await probing;
            compared.AddRange(Levels.Select((level, i) => new Comparison(row, level, theirs[i], Ours(level, verdict))));
        }

        Print(compared);
        compared
            .Count(c => c.Theirs == true)
            .ShouldBeGreaterThan(10, "posttls-finger must have been able to do its work");
        compared
            .Where(c => c.Differs != Differences.ContainsKey((c.Row.Domain, c.Level)))
            .Select(c =>
                $"{c}: a new difference must be mended, or named here and explained; one that is gone, taken out"
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Explains_every_difference()
    {
        var page = File.ReadAllText(Path.Combine(Here(), "../../../docs/tls-decision.md"));

        Differences.Values.ShouldAllBe(name => page.Contains($"`{name}`", StringComparison.Ordinal));
    }

    /// <summary>Dane: proven by DANE. Secure: good enough for an attachment under the policy <c>verified</c>.</summary>
    private static bool? Ours(string level, TlsVerdict verdict) =>
        verdict switch
        {
            { Level: TlsLevel.Undeliverable } => null,
            { Level: TlsLevel.Unknown, Reason: not "policy-failed" } => null,
            _ when level == "dane" => verdict is { Level: TlsLevel.Authenticated, Reason: "dane" },
            _ => verdict.Level >= TlsLevel.Verified,
        };

    private void Print(List<Comparison> compared)
    {
        output.WriteLine($"{"server", -46} {"level", -7} {"posttls-finger", -14} {"ours", -10} difference");
        foreach (var one in compared)
        {
            var difference = Differences.GetValueOrDefault((one.Row.Domain, one.Level), "");
            output.WriteLine($"{one} {difference}");
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed record Comparison(DecisionRow Row, string Level, bool? Theirs, bool? Ours)
    {
        public bool Differs => Theirs != Ours;

        public override string ToString() => $"{Row.What, -46} {Level, -7} {Word(Theirs), -14} {Word(Ours), -10}";

        private static string Word(bool? opinion) =>
            opinion switch
            {
                true => "proven",
                false => "not proven",
                null => "no opinion",
            };
    }
}
