using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary><c>Routing:TlsPolicy</c> and <c>options.tlsPolicy</c> over domains of every level, by the real app. Prints the routes.</summary>
public sealed class TlsPolicyTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    private static readonly string[] Policies = ["encrypted", "verified", "authenticated"];

    // Routes under the policies encrypted, verified and authenticated.
    private static readonly (string Domain, string Level, string Routes)[] Table =
    [
        ("proven.test", "authenticated", "tls tls tls"),
        ("good.test", "verified", "tls tls link"),
        ("self.test", "encrypted", "tls link link"),
        ("plain.test", "none", "link link link"),
        ("down.test", "unknown", "deferred deferred deferred"),
        ("fails.test", "unknown, fails its policy", "deferred deferred deferred"),
        ("null.test", "undeliverable", "undeliverable undeliverable undeliverable"),
    ];

    private readonly KnownFile _file = new();

    [Fact]
    public async Task Changes_the_routes_exactly_as_the_table_says()
    {
        await StartDomainsAsync();
        var faults = new List<string>();
        output.WriteLine($"{"domain", -28} {"setting", -14} {"message asks", -14} {"route", -14} reason");
        foreach (var setting in Policies)
        {
            var app = await world.StartAppAsync(
                ("Links__Host", "https://files.sender.example"),
                ("Delivery__FirstRetry", "01:00:00"),
                ("Routing__TlsPolicy", setting)
            );
            var asked = await Task.WhenAll(
                Policies
                    .Prepend(null)
                    .Where(wish => wish is null || Array.IndexOf(Policies, wish) >= Array.IndexOf(Policies, setting))
                    .Select(async wish => (Wish: wish, Id: await SendAsync(app, wish)))
            );
            foreach (var looser in Policies.TakeWhile(policy => policy != setting))
            {
                (await app.RefusalAsync(_file, ["r@good.test"], new { tlsPolicy = looser })).ShouldContain(
                    "policy-floor"
                );
            }

            foreach (var (wish, id) in asked)
            {
                var seen = await app.WaitAsync(id, r => r.IsSettled, Eventually.Patience);
                faults.AddRange(Table.SelectMany(row => Compare(row, setting, wish, seen)));
            }
        }

        faults.ShouldBeEmpty();
    }

    private Task<string> SendAsync(Kit.App.AppProcess app, string? wish) =>
        app.SendAsync(_file, Table.Select(row => $"r@{row.Domain}"), wish is null ? null : new { tlsPolicy = wish });

    private IEnumerable<string> Compare(
        (string Domain, string Level, string Routes) row,
        string setting,
        string? wish,
        SeenMessage seen
    )
    {
        var got = seen.Recipients.Single(r => r.Domain == row.Domain);
        // What a message asks for can only be stricter: a looser wish is refused.
        var strictest = Math.Max(Array.IndexOf(Policies, setting), Array.IndexOf(Policies, wish));
        var wanted = row.Routes.Split(' ')[strictest];
        output.WriteLine($"{row.Level, -28} {setting, -14} {wish ?? "-", -14} {got.PlannedRoute, -14} {got.Reason}");
        if (got.PlannedRoute != wanted)
        {
            yield return $"{row.Domain} ({row.Level}), setting {setting}, message {wish ?? "-"}: {got.PlannedRoute}, must be {wanted}";
        }

        var arrived =
            got.State is "accepted" ? "tls"
            : got.State is "linked" ? "link"
            : got.State;
        if (arrived != wanted)
        {
            yield return $"{row.Domain}, setting {setting}, message {wish ?? "-"}: ended {got.State}, planned {wanted}";
        }
    }

    private async Task StartDomainsAsync()
    {
        var policies = await world.Policies;
        policies.Set("proven.test", PolicyAnswer.Policy("enforce", TimeSpan.FromDays(1), "mx.proven.test"));
        policies.Set("fails.test", PolicyAnswer.Policy("enforce", TimeSpan.FromDays(1), "mx.other.test"));
        var servers = await (await world.Postfix).AddAsync(
            new Dictionary<string, MailFlavour>
            {
                ["mx.proven.test"] = MailFlavour.Good,
                ["mx.good.test"] = MailFlavour.Good,
                ["mx.self.test"] = MailFlavour.SelfSigned,
                ["mx.plain.test"] = MailFlavour.NoTls,
                ["mx.fails.test"] = MailFlavour.Good,
            }
        );
        var zones = servers.Select(s => s.ZoneFor(s.HostName[3..]));
        await (await world.Dns).SetAsync([
            .. zones.Select(z => z with { Records = [.. z.Records, .. policies.Records("1")] }),
            new Zone("down.test", "@ MX 10 mx", Zone.Host("mx", world.Loopback.NextAddress())),
            new Zone("null.test", "@ MX 0 ."),
        ]);
    }
}
