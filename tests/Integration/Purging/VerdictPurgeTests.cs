using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Probing;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Tests.Integration.Purging;

/// <summary>What is known of domains goes when nobody can use it any more.</summary>
public sealed class VerdictPurgeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Verdicts_policies_and_leases_go_two_days_after_their_end_and_what_was_found_anew_stays()
    {
        await using var world = await PlainRooms.StartAsync();
        await VerdictAsync(world, "old.example", Now.AddHours(1));
        await VerdictAsync(world, "anew.example", Now.AddHours(1));
        await VerdictAsync(world, "anew.example", Now.AddDays(20));
        await VerdictAsync(world, "policy.example", Now.AddHours(1));
        await PolicyAsync(world, "policy.example", TimeSpan.FromDays(30));
        await PolicyAsync(world, "gone.example", TimeSpan.FromDays(1));
        await Table(world).AddEntityAsync(new TableEntity("old.example", "lease") { ["Until"] = Now });
        var purge = world.Rooms.Get<ExpiredPurge>();

        (await purge.RunAsync(Now.AddHours(5), default)).Verdicts.ShouldBe(0, "they are of use a while longer");
        (await purge.RunAsync(Now.AddDays(4), default)).Verdicts.ShouldBe(4);

        (await RowsAsync(world)).ShouldBe(["anew.example v", "policy.example sts"], ignoreOrder: true);
        (await purge.RunAsync(Now.AddDays(4), default)).Verdicts.ShouldBe(0);
        await purge.RunAsync(Now.AddDays(33), default);
        (await RowsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_domain_that_is_found_anew_many_times_a_day_has_one_due_row()
    {
        await using var world = await PlainRooms.StartAsync();
        var noon = new DateTimeOffset(Now.UtcDateTime.Date.AddHours(12), TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
        {
            await VerdictAsync(world, "busy.example", noon.AddHours(i));
        }

        var due = world.Rooms.Get<DueTable>().ListAsync(DueKinds.Verdict, null, Now.AddDays(9), default);

        (await due.ToListAsync()).ShouldHaveSingleItem();
    }

    private static Task VerdictAsync(PlainRooms world, string domain, DateTimeOffset end) =>
        new VerdictStore(Table(world), world.Rooms.Get<DueTable>(), NullLogger<VerdictStore>.Instance).WriteAsync(
            new TlsVerdict(MailDomain.Parse(domain), TlsLevel.Verified, "verified", DomainPolicy.None, [], Now, end),
            lease: null,
            default
        );

    private static Task PolicyAsync(PlainRooms world, string domain, TimeSpan age) =>
        new TableStsStore(Table(world), world.Rooms.Get<DueTable>(), NullLogger<TableStsStore>.Instance).WriteAsync(
            MailDomain.Parse(domain),
            new StsEntry("1", new StsPolicy(StsMode.Enforce, age, ["mx.example"]), Now, null, DateTimeOffset.MinValue),
            default
        );

    private static TableClient Table(PlainRooms world) =>
        world.Azurite.NewTableClient().GetTableClient(TableNames.Verdicts);

    private static async Task<List<string>> RowsAsync(PlainRooms world) =>
        await Table(world).QueryAsync<TableEntity>().Select(row => $"{row.PartitionKey} {row.RowKey}").ToListAsync();
}
