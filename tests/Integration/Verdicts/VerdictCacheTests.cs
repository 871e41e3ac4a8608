using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Verdicts;

/// <summary>Verdicts on a real table.</summary>
public sealed class VerdictCacheTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static int _domains;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly string _domain = $"d{Interlocked.Increment(ref _domains)}.test";

    [Fact]
    public async Task Answers_from_the_table_while_the_verdict_lives()
    {
        var tables = await TablesAsync();
        using var first = new Instance(tables, _clock);
        using var second = new Instance(tables, _clock);

        var found = await first.GetAsync(_domain);
        _clock.Advance(TimeSpan.FromMinutes(59));
        var kept = await second.GetAsync(_domain);

        kept.Reason.ShouldBe(found.Reason);
        (first.Prober.Probes, second.Prober.Probes).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Serves_a_verdict_past_its_life_while_one_probe_runs_behind_it()
    {
        using var app = new Instance(await TablesAsync(), _clock);
        await app.GetAsync(_domain);
        _clock.Advance(TimeSpan.FromMinutes(65));
        var gate = new TaskCompletionSource();
        app.Prober.Wait = _ => gate.Task;

        var stale = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.GetAsync(_domain)));
        gate.SetResult();

        stale.ShouldAllBe(verdict => verdict.Reason == "probe-1");
        await Eventually.GetAsync(async () => (await app.GetAsync(_domain)).Reason == "probe-2" ? "" : null);
        app.Prober.Probes.ShouldBe(2);
    }

    [Fact]
    public async Task Waits_for_a_probe_where_the_verdict_is_too_old()
    {
        using var app = new Instance(await TablesAsync(), _clock);
        await app.GetAsync(_domain);
        _clock.Advance(TimeSpan.FromMinutes(71));

        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-2");
    }

    [Theory]
    [InlineData("Unknown")]
    [InlineData("Undeliverable")]
    public async Task Never_serves_past_its_life_what_is_no_level_of_tls(string level)
    {
        using var app = new Instance(await TablesAsync(), _clock);
        app.Prober.Level = Enum.Parse<TlsLevel>(level);
        app.Prober.Life = TimeSpan.FromMinutes(1);
        await app.GetAsync(_domain);
        _clock.Advance(TimeSpan.FromSeconds(61));

        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-2");
    }

    [Fact]
    public async Task Gives_a_fresh_verdict_to_who_asks_for_a_fresh_one()
    {
        using var app = new Instance(await TablesAsync(), _clock);
        await app.GetAsync(_domain);
        _clock.Advance(TimeSpan.FromMinutes(61));

        (await app.Verdicts.GetFreshAsync(Domain, CancellationToken.None)).Reason.ShouldBe("probe-2");
        (await app.Verdicts.RefreshAsync(Domain, CancellationToken.None)).Reason.ShouldBe("probe-3");
        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-3");
    }

    [Fact]
    public async Task Forgets_what_sending_found_untrue()
    {
        using var app = new Instance(await TablesAsync(), _clock);
        await app.GetAsync(_domain);

        await app.Verdicts.DropAsync(Domain, CancellationToken.None);

        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-2");
    }

    [Fact]
    public async Task Keeps_no_verdict_that_says_something_about_us_only()
    {
        using var app = new Instance(await TablesAsync(), _clock);
        app.Prober.Life = TimeSpan.Zero;
        await app.GetAsync(_domain);

        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-2");
        (await RowsAsync()).ShouldBeEmpty("neither a verdict nor a lease may be left");
    }

    [Fact]
    public async Task Probes_once_for_a_thousand_who_ask_two_instances()
    {
        var tables = await TablesAsync();
        using var first = new Instance(tables);
        using var second = new Instance(tables);
        first.Prober.Wait = second.Prober.Wait = token => Task.Delay(300, token);

        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => (i % 2 == 0 ? first : second).GetAsync(_domain))
        );

        (first.Prober.Probes + second.Prober.Probes).ShouldBe(1);
        verdicts.Select(verdict => verdict.FoundAt).Distinct().Count().ShouldBe(1);
        (await RowsAsync()).ShouldBe(["v"], "the lease is given back with the verdict");
    }

    [Fact]
    public async Task Takes_over_from_an_instance_that_was_killed()
    {
        var tables = await TablesAsync();
        await tables
            .GetTableClient("Verdicts")
            .AddEntityAsync(new TableEntity(_domain, "lease") { ["Until"] = DateTimeOffset.UtcNow.AddSeconds(1.5) });
        using var app = new Instance(tables);

        var verdict = await app.GetAsync(_domain).WaitAsync(Eventually.Patience);

        verdict.Reason.ShouldBe("probe-1");
        (await RowsAsync()).ShouldBe(["v"]);
    }

    [Fact]
    public async Task Keeps_its_lease_while_a_probe_takes_longer_than_the_lease()
    {
        var tables = await TablesAsync();
        (string, string)[] settings = [("Verdicts:LeaseLife", "00:00:10"), ("Verdicts:Poll", "00:00:00.1")];
        using var first = new Instance(tables, null, settings);
        using var second = new Instance(tables, null, settings);
        first.Prober.Wait = token => Task.Delay(TimeSpan.FromSeconds(22), token);

        var asked = first.GetAsync(_domain);
        await Eventually.GetAsync(() => Task.FromResult(first.Prober.Probes == 1 ? "" : null));
        var verdicts = await Task.WhenAll(asked, second.GetAsync(_domain));

        second.Prober.Probes.ShouldBe(0);
        verdicts[0].FoundAt.ShouldBe(verdicts[1].FoundAt);
    }

    [Fact]
    public async Task Probes_all_the_same_when_storage_is_away()
    {
        using var folder = new TempFolder();
        var away = new TableServiceClient(
            new Uri($"http://127.0.0.1:{Loopback.FreePort()}/devstoreaccount1"),
            new TableSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(new byte[32])),
            new TableClientOptions { Retry = { MaxRetries = 0 } }
        );
        using var app = new Instance(away, _clock);

        (await app.GetAsync(_domain)).Reason.ShouldBe("probe-1");
        await app.Verdicts.DropAsync(Domain, CancellationToken.None);
    }

    private MailDomain Domain => MailDomain.Parse(_domain);

    private async Task<TableServiceClient> TablesAsync()
    {
        var tables = (await world.Azurite).NewTableClient();
        await tables.CreateTableIfNotExistsAsync("Verdicts");
        return tables;
    }

    private async Task<List<string>> RowsAsync() =>
        await (await TablesAsync())
            .GetTableClient("Verdicts")
            .QueryAsync<TableEntity>(row => row.PartitionKey == _domain)
            .Select(row => row.RowKey)
            .ToListAsync();
}
