using Azure.Data.Tables;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>A domain that cannot be judged, or fails its own policy, gets no link either.</summary>
public sealed class DownDomainTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static readonly (string, string)[] Hurried =
    [
        ("Links__Host", "https://files.sender.example"),
        ("Probing__UnknownFor", "00:00:01"),
        ("Delivery__FirstRetry", "00:00:01"),
        ("Delivery__LongestRetry", "00:00:02"),
    ];

    private readonly KnownFile _file = new();

    [Fact]
    public async Task Defers_a_domain_that_is_down_and_delivers_by_tls_when_it_is_up()
    {
        var server = await (await world.Postfix).AddAsync("mx.down.test");
        await (await world.Dns).SetAsync(server.ZoneFor("down.test"));
        await server.StopAsync();
        var app = await world.StartAppAsync(Hurried);

        var id = await app.SendAsync(_file, ["r@down.test"]);
        var first = await app.WaitAsync(id, r => r.State == "deferred", Eventually.Patience);
        var later = await app.WaitAsync(
            id,
            r => r.State == "deferred" && r.UpdatedAt > first.Recipients[0].UpdatedAt,
            Eventually.Patience
        );
        await server.BecomeAsync(MailFlavour.Good);
        var last = await app.WaitAsync(id, r => r.State == "accepted", Eventually.Patience);

        new[] { first, later }
            .Select(m => $"{m.Recipients[0].PlannedRoute} {m.Recipients[0].Route} {m.Recipients[0].Reason}")
            .ShouldAllBe(r => r == "deferred  connection-refused");
        (last.Recipients[0].Route, last.Recipients[0].Level).ShouldBe(("tls", "verified"));
        var mail = (await server.WaitForMailAsync()).ShouldHaveSingleItem();
        mail.Tls.ShouldNotBeNull();
        _file.BytesIn(mail.Text).ShouldBe(_file.Bytes.Length);
        (await LinksAsync(id)).ShouldBe(0, "no link was ever made");
    }

    [Fact]
    public async Task Sends_nothing_to_a_domain_that_fails_its_own_policy_and_bounces_in_the_end()
    {
        var policies = await world.Policies;
        policies.Set("fails.test", PolicyAnswer.Policy("enforce", TimeSpan.FromDays(1), "mx.other.test"));
        var server = await (await world.Postfix).AddAsync("mx.fails.test");
        var zone = server.ZoneFor("fails.test");
        await (await world.Dns).SetAsync(zone with { Records = [.. zone.Records, .. policies.Records("1")] });
        var app = await world.StartAppAsync([.. Hurried, ("Delivery__RetryPeriod", "00:00:06")]);

        var id = await app.SendAsync(_file, ["r@fails.test"]);
        var deferred = await app.WaitAsync(id, r => r.IsSettled, Eventually.Patience);
        await app.WaitAsync(id, r => r.State == "bounced", Eventually.Patience);
        var ended = await Eventually.GetAsync(async () =>
            await app.SeeAsync(id) is { State: "completed" } message ? message : null
        );

        (deferred.Recipients[0].State, deferred.Recipients[0].Reason).ShouldBe(("deferred", "policy-failed"));
        ended.Recipients[0].Reason.ShouldBe("policy-failed");
        (await server.WaitForSessionsAsync()).ShouldAllBe(session => session.StartTls == 1 && session.Mails == 0);
        server.GetMail().ShouldBeEmpty();
        (await LinksAsync(id)).ShouldBe(0);
    }

    /// <summary>How many links were made for the message.</summary>
    private async Task<int> LinksAsync(string id)
    {
        var links = (await world.Azurite).NewTableClient().GetTableClient("Links");
        return await links.QueryAsync<TableEntity>().CountAsync(row => row.GetString("MessageId") == id);
    }
}
