using System.Net;
using Azure.Data.Tables;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>Our own port 25 shut, as the canary hosts show: nothing is known of the recipients' domains then.</summary>
public sealed class EgressTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static readonly (string, string)[] Canaries =
    [
        ("Links__Host", "https://files.sender.example"),
        ("Delivery__FirstRetry", "01:00:00"),
        ("Probing__Canaries__0", "one.canary.test"),
        ("Probing__Canaries__1", "two.canary.test"),
        ("Probing__Canaries__2", "three.canary.test"),
        ("Probing__CanaryLife", "01:00:00"),
        ("Probing__CanaryDeadline", "00:00:02"),
    ];

    private readonly KnownFile _file = new();

    [Fact]
    public async Task Gives_links_and_keeps_no_verdict_while_no_canary_can_be_reached()
    {
        var good = await StartAsync("shut", up: 0);
        var app = await world.StartAppAsync(Canaries);

        // The domain that is down makes it look; from then on it knows.
        var first = await app.SendAsync(_file, ["r@downshut.test"]);
        var down = await app.WaitAsync(first, r => r.IsSettled, Eventually.Patience);
        var second = await app.SendAsync(_file, ["r@goodshut.test"]);
        var up = await app.WaitAsync(second, r => r.IsSettled, Eventually.Patience);

        new[] { down, up }
            .Select(m => $"{m.Recipients[0].PlannedRoute} {m.Recipients[0].Level}")
            .ShouldAllBe(r => r == "link unknown");
        (up.Recipients[0].State, up.Recipients[0].Reason).ShouldBe(("linked", "not-observable"));
        _file.BytesIn((await good.WaitForMailAsync()).ShouldHaveSingleItem().Text).ShouldBe(0);
        (await VerdictsAsync("goodshut.test", "downshut.test")).ShouldBe(0, "it says nothing of these domains");
    }

    [Fact]
    public async Task Judges_as_always_while_one_canary_can_be_reached()
    {
        await StartAsync("open", up: 1);
        var app = await world.StartAppAsync(Canaries);

        var id = await app.SendAsync(_file, ["r@downopen.test", "r@goodopen.test"]);
        var seen = await app.WaitAsync(id, r => r.IsSettled, Eventually.Patience);

        seen.Recipients.ToDictionary(r => r.Domain, r => $"{r.PlannedRoute} {r.Reason}")
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["downopen.test"] = "deferred connection-refused",
                    ["goodopen.test"] = "tls verified",
                },
                ignoreOrder: true
            );
        (await VerdictsAsync("goodopen.test", "downopen.test")).ShouldBe(2);
    }

    /// <summary>Three canaries of which some are up, a domain that is down, and one that is good.</summary>
    private async Task<PostfixServer> StartAsync(string name, int up)
    {
        var good = await (await world.Postfix).AddAsync($"mx.good{name}.test");
        var canaries = new[] { "one", "two", "three" }.Select(
            (canary, i) => Zone.Host(canary, i < up ? world.StartScripted($"{canary}.canary.test").Address : Nobody)
        );
        await (await world.Dns).SetAsync([
            new Zone("canary.test", [.. canaries]),
            good.ZoneFor($"good{name}.test"),
            new Zone($"down{name}.test", "@ MX 10 mx", Zone.Host("mx", Nobody)),
        ]);
        return good;
    }

    private IPAddress Nobody => world.Loopback.NextAddress();

    private async Task<int> VerdictsAsync(params string[] domains) =>
        await (await world.Azurite)
            .NewTableClient()
            .GetTableClient("Verdicts")
            .QueryAsync<TableEntity>(row => row.RowKey == "v")
            .CountAsync(row => domains.Contains(row.PartitionKey));
}
