using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>One probe per domain, however many deliveries and processes ask; the mail server's own log is the judge.</summary>
[Collection(nameof(Alone))]
public sealed class ConcurrencyTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TLSORLINK_LONG") == "1";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15); // Smtp:ProbeDeadline by default
    private readonly KnownFile _file = new();

    [Fact]
    public async Task Probes_once_for_a_thousand_deliveries_to_a_cold_domain()
    {
        var server = await (await world.Postfix).AddAsync("mx.thousand.test");
        await (await world.Dns).SetAsync(server.ZoneFor("thousand.test"));
        var tables = (await world.Azurite).NewTableClient();
        await tables.CreateTableIfNotExistsAsync("Verdicts");
        using var rooms = new VerdictRooms(await world.GetSettingsAsync(), tables);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => rooms.GetAsync("thousand.test")));

        verdicts.ShouldAllBe(verdict => verdict.Level == TlsLevel.Verified);
        (await server.WaitForSessionsAsync()).ShouldHaveSingleItem().StartTls.ShouldBe(1);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Probes_once_for_two_processes_with_many_deliveries_each()
    {
        var each = IsLong ? 500 : 100;
        var server = await StartServerAsync("pair.test");
        AppProcess[] apps = [await StartAppAsync(), await StartAppAsync()];
        var clock = Stopwatch.StartNew();

        // The probe is held until every delivery has begun, so that all of them ask for the verdict that it brings.
        using (var probe = server.StallAt(SmtpPoint.Greeting, times: 1))
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 2 * each),
                new ParallelOptions { MaxDegreeOfParallelism = 24 },
                async (n, _) => await apps[n % 2].SendAsync(_file, [$"r{n}@pair.test"])
            );
            await probe.Reached;
            output.WriteLine($"{2 * each} messages taken in after {clock.Elapsed.TotalSeconds:0.0} s");
        }

        await Eventually.BeTrueAsync(
            () => server.Messages.Count >= 2 * each,
            TimeSpan.FromMinutes(3),
            () => $"{server.Messages.Count} came. The apps wrote:\n{Tail(apps[0])}\n{Tail(apps[1])}"
        );
        output.WriteLine($"{server.Messages.Count} delivered after {clock.Elapsed.TotalSeconds:0.0} s");
        server.Messages.SelectMany(m => m.Recipients).Distinct().Count().ShouldBe(2 * each);
        Probes(server).ShouldBe(1);
    }

    [Fact]
    public async Task Takes_over_within_the_deadline_when_the_process_that_probes_is_killed()
    {
        var server = await StartServerAsync("taken.test");
        var (first, second) = (await StartAppAsync(), await StartAppAsync());
        var probe = server.StallAt(SmtpPoint.Greeting, times: 1);

        var held = await first.SendAsync(_file, ["first@taken.test"]);
        await probe.Reached;
        var waiting = await second.SendAsync(_file, ["second@taken.test"]);
        var clock = Stopwatch.StartNew();
        first.Kill();
        await second.WaitAsync(waiting, r => r.State == "accepted", Deadline);

        output.WriteLine($"Taken over and delivered {clock.Elapsed.TotalSeconds:0.0} s after the kill");
        Probes(server).ShouldBe(2, "the killed one's, and one of who took over");
        await first.RestartAsync();
        await first.WaitAsync(held, r => r.State == "accepted", Eventually.Patience);
        server.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Finds_the_verdicts_of_two_hundred_cold_domains_within_the_deadline()
    {
        const int Domains = 200;
        const int Recipients = 500;
        await StartDomainsAsync(Domains);
        var app = await world.StartAppAsync(("Links__Host", "https://files.sender.example"));

        await app.SendAsync(_file, Enumerable.Range(0, Recipients).Select(n => $"r{n}@{Domain(n % Domains)}"));
        var clock = Stopwatch.StartNew();
        await Eventually.GetAsync(
            async () => await VerdictsAsync("cold.test") is var found && found.Count == Domains ? found : null,
            Deadline,
            () => $"The app wrote:\n{Tail(app)}"
        );

        output.WriteLine($"{Domains} verdicts after {clock.Elapsed.TotalSeconds:0.0} s");
        (await VerdictsAsync("cold.test")).ShouldAllBe(level => level == "Verified");
    }

    private async Task<ScriptedSmtp> StartServerAsync(string domain)
    {
        var server = world.StartScripted($"mx.{domain}");
        await (await world.Dns).SetAsync(server.ZoneFor(domain));
        return server;
    }

    private Task<AppProcess> StartAppAsync() =>
        world.StartAppAsync(
            ("Links__Host", "https://files.sender.example"),
            ("Smtp__ProbeDeadline", "00:02:00"),
            ("Verdicts__LongestWait", "00:05:00"),
            ("Smtp__ConnectDeadline", "00:02:00")
        );

    /// <summary>Ten servers at whose addresses every domain has a host name of its own, so that none shares what another's showed.</summary>
    private async Task StartDomainsAsync(int count)
    {
        var certificate = world.Authority.Issue(new CertificateWish("*.many.test"));
        var servers = Enumerable
            .Range(0, 10)
            .Select(_ => world.StartScripted("mx.many.test", new SmtpScript { Certificate = certificate }))
            .ToList();
        var hosts = Enumerable.Range(0, count).Select(n => Zone.Host($"mx{n}", servers[n % servers.Count].Address));
        await (await world.Dns).SetAsync([
            new Zone("many.test", [.. hosts]),
            .. Enumerable.Range(0, count).Select(n => new Zone(Domain(n), $"@ MX 10 mx{n}.many.test.")),
        ]);
    }

    private async Task<List<string>> VerdictsAsync(string parent) =>
        await (await world.Azurite)
            .NewTableClient()
            .GetTableClient("Verdicts")
            .QueryAsync<TableEntity>(row => row.RowKey == "v", select: ["PartitionKey", "Level"])
            .Where(row => row.PartitionKey.EndsWith(parent, StringComparison.Ordinal))
            .Select(row => row.GetString("Level"))
            .ToListAsync();

    private static string Domain(int n) => string.Create(CultureInfo.InvariantCulture, $"d{n}.cold.test");

    /// <summary>Connections on which no mail was begun.</summary>
    private static int Probes(ScriptedSmtp server) =>
        server.Connections.Count(c => !c.UnderTls.Contains("MAIL FROM", StringComparison.Ordinal));

    private static string Tail(AppProcess app) => string.Join('\n', app.Output.Split('\n').TakeLast(30));
}

/// <summary>What is measured against a deadline runs while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
