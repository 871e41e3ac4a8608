using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Events;

/// <summary>The service holds the key: it must not be made to sign what somebody without the key did.</summary>
public sealed class HealingTests
{
    private const string Owner = "r:a:000001";

    private static readonly Dictionary<string, Action<Tampering>> Cuts = new(StringComparer.Ordinal)
    {
        ["cleared"] = t => t.ClearHead(Owner),
        ["set to nothing"] = t => t.AlterRow(Owner, "Head", ChainHead.None.ToString()),
        ["set to another type"] = t => t.AlterRow(Owner, "Head", 5L),
        ["set to a number"] = t => t.AlterRow(Owner, "Head", "0.."),
        ["set to a head of one's own"] = t => t.AlterRow(Owner, "Head", "0..x"),
    };

    public static TheoryData<string> Names => [.. Cuts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Events_that_come_after_a_cut_do_not_seal_it(string head)
    {
        var tables = new MemoryTables();
        await Trails.StoreAsync(tables, Trails.Id);
        var tampering = new Tampering(tables);
        tampering.Delete("r1", 1);
        tampering.Delete("r1", 2);
        Cuts[head](tampering);

        for (var i = 0; i < 2; i++)
        {
            (await OpenAsync(tables)).ShouldBeTrue("the recipient is served all the same");
            var trail = await Trails.ReadAsync(tables);
            Trails.Verify(trail).ShouldContain("r1 0 head-altered");
            (await Trails.RunScriptAsync(trail)).ShouldBe(Trails.Verify(trail));
        }
    }

    [Fact]
    public async Task A_write_without_events_does_not_seal_a_cleared_head_either()
    {
        var tables = new MemoryTables();
        await Trails.StoreAsync(tables, Trails.Id);
        new Tampering(tables).ClearHead(Owner);
        var messages = Chained.Table(tables);
        var row = (await messages.RecipientsAsync(Trails.Id, "a", 1, 1, default)).ShouldHaveSingleItem();
        row.UpdatedAt = row.CreatedAt;

        await messages.UpdateAsync([row], default);

        Trails.Verify(await Trails.ReadAsync(tables)).ShouldContain("r1 0 head-altered");
    }

    private static Task<bool> OpenAsync(MemoryTables tables) =>
        new Trail(Chained.Table(tables)).AppendAsync(
            Trails.Id,
            "a",
            1,
            row =>
            {
                row.Record(EventDraft.Of(EventKinds.LinkOpened, EventActors.Recipient, row.CreatedAt));
                return true;
            },
            default
        );
}
