using TlsOrLink.Auditing;
using TlsOrLink.Events;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Events;

/// <summary>Every way of tampering is named, by the service and by the script that knows nothing of it.</summary>
public sealed class TamperingTests
{
    private static readonly Dictionary<string, (Action<Tampering> Do, string[] Found)> Ways = new(
        StringComparer.Ordinal
    )
    {
        ["nothing"] = (_ => { }, ["intact"]),
        ["the time altered by the least that a table holds"] = (
            t => t.Alter("r0", 2, "At", ((DateTimeOffset)t.Event("r0", 2)["At"]).AddTicks(1)),
            ["r0 2 altered"]
        ),
        ["the kind altered"] = (t => t.Alter("r0", 2, "Kind", "recipient.accepted"), ["r0 2 altered"]),
        ["the actor altered"] = (t => t.Alter("m", 3, "Actor", "approver:x"), ["m 3 altered"]),
        ["a fact altered"] = (t => t.Alter("r0", 2, "Data", """{"reply":"550","route":"link"}"""), ["r0 2 altered"]),
        ["a fact added"] = (
            t => t.Alter("r0", 2, "Data", """{"also":"x","reply":"250","route":"link"}"""),
            ["r0 2 altered"]
        ),
        ["a fact moved into its neighbour"] = (
            t => t.Alter("r0", 2, "Data", """{"reply":"250route","":"link"}"""),
            ["r0 2 altered"]
        ),
        ["the facts made unreadable"] = (t => t.Alter("r0", 2, "Data", "{"), ["r0 2 altered"]),
        ["the facts made null"] = (t => t.Alter("r0", 2, "Data", "null"), ["r0 2 altered"]),
        ["a fact made null"] = (t => t.Alter("r0", 2, "Data", """{"reply":null,"route":"link"}"""), ["r0 2 altered"]),
        ["a fact with half a surrogate pair"] = (
            t => t.Alter("r0", 2, "Data", """{"reply":"\ud800","route":"link"}"""),
            ["r0 2 altered"]
        ),
        ["an event under a key that is none of ours"] = (
            t => t.Move("r0", 3, "e:r0:3"),
            ["r0 0 surplus", "r0 0 altered", "r0 1 unlinked", "r0 3 missing"]
        ),
        ["a number beyond all numbers"] = (
            t => t.Move("r0", 3, "e:r0:99999999999"),
            ["r0 0 surplus", "r0 0 altered", "r0 1 unlinked", "r0 3 missing"]
        ),
        ["a head of another type"] = (t => t.AlterRow("r:a:000000", "Head", 5), ["r0 0 head-altered"]),
        ["rows beside a recipient's"] = (
            t =>
            {
                t.AddRow("r:a:1", "r:a:000001");
                t.AddRow("r:a:x", "r:a:000001");
                t.AddRow("r:a:0000001", "r:a:000000");
            },
            ["intact"]
        ),
        ["more recipients than a number holds"] = (
            t => t.Alter("m", 1, "Data", """{"bytes":"1048576","recipients":"99999999999"}"""),
            ["m 1 altered"]
        ),
        ["the previous MAC altered"] = (
            t => t.Alter("r0", 2, "Previous", new string('0', 64)),
            ["r0 2 altered", "r0 2 unlinked"]
        ),
        ["the MAC altered"] = (t => t.Alter("r0", 2, "Mac", new string('0', 64)), ["r0 2 altered", "r0 3 unlinked"]),
        ["the last MAC altered"] = (
            t => t.Alter("r0", 3, "Mac", new string('0', 64)),
            ["r0 3 altered", "r0 3 head-mismatch"]
        ),
        ["the type of a property altered"] = (t => t.Alter("r0", 2, "Kind", 5), ["r0 2 altered"]),
        ["the first deleted"] = (t => t.Delete("r0", 1), ["r0 1 missing"]),
        ["a middle one deleted"] = (t => t.Delete("r0", 2), ["r0 2 missing"]),
        ["the last deleted"] = (t => t.Delete("r0", 3), ["r0 3 missing"]),
        ["the last two deleted"] = (
            t =>
            {
                t.Delete("r0", 2);
                t.Delete("r0", 3);
            },
            ["r0 2-3 missing"]
        ),
        ["the last deleted and the head set back"] = (t => t.CutOff("r0", 3, "r:a:000000"), ["r0 0 head-altered"]),
        ["all deleted and the head cleared"] = (
            t =>
            {
                t.Delete("r1", 1);
                t.Delete("r1", 2);
                t.ClearHead("r:a:000001");
            },
            ["r1 0 head-altered"]
        ),
        ["two swapped"] = (
            t => t.Swap("r0", 1, 2),
            ["r0 1 altered", "r0 1 unlinked", "r0 2 altered", "r0 2 unlinked", "r0 3 unlinked"]
        ),
        ["another message's chain copied"] = (
            t => t.Copy(Trails.OtherId, "r0", "r0", "r:a:000000"),
            ["r0 0 head-altered", "r0 1 altered", "r0 2 altered", "r0 3 altered"]
        ),
        ["the chain of another recipient copied"] = (
            t => t.Copy(Trails.Id, "r0", "r1", "r:a:000001"),
            ["r1 1 altered", "r1 2 altered", "r1 3 surplus", "r1 3 altered"]
        ),
        ["a recipient's row deleted with its chain"] = (
            t =>
            {
                t.Delete("r1", 1);
                t.Delete("r1", 2);
                t.DeleteRow("r:a:000001");
            },
            ["r1 0 owner-missing"]
        ),
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verify_names_it_and_the_script_agrees(string way)
    {
        var tables = new MemoryTables();
        await Trails.StoreAsync(tables, Trails.Id);
        await Trails.StoreAsync(tables, Trails.OtherId);
        Ways[way].Do(new Tampering(tables));

        var trail = await Trails.ReadAsync(tables);

        Trails.Verify(trail).ShouldBe(Ways[way].Found);
        (await Trails.RunScriptAsync(trail)).ShouldBe(Ways[way].Found);
    }

    [Fact]
    public async Task A_row_put_back_as_a_whole_passes_and_is_found_by_the_day_that_was_sealed()
    {
        var tables = new MemoryTables();
        await Trails.StoreAsync(tables, Trails.Id);
        var earlier = tables.Rows.ToDictionary(row => row.Key, row => new Azure.Data.Tables.TableEntity(row.Value));
        await new TlsOrLink.Messages.Trail(Messages.Chained.Table(tables)).AppendAsync(
            Trails.Id,
            "a",
            1,
            row =>
            {
                row.Record(EventDraft.Of(EventKinds.LinkDownloaded, EventActors.Recipient, row.CreatedAt));
                return true;
            },
            default
        );
        var trail = await Trails.ReadAsync(tables);
        var leaves = DaySealer.Leaves(trail.Events, Days.Of(trail.Events[0].At)).ToList();
        DayVerifier.Compare(leaves, trail.Events).ShouldBeEmpty();

        tables.Rows.Clear();
        foreach (var (key, row) in earlier)
        {
            tables.Rows[key] = row;
        }

        trail = await Trails.ReadAsync(tables);
        Trails.Verify(trail).ShouldBe(["intact"], "honestly: the table alone cannot know");
        DayVerifier.Compare(leaves, trail.Events).ShouldBe([new DayDefect(Trails.Id, "r1", 3, "gone")]);
    }

    [Fact]
    public async Task The_script_reads_an_export_whose_chains_begin_and_end_anywhere()
    {
        var tables = new MemoryTables();
        await Trails.StoreAsync(tables, Trails.Id);
        var trail = await Trails.ReadAsync(tables);
        var lines = trail.Events.Where(entry => entry is not { Chain: "r0", Number: 1 }).Select(EventView.Of).ToList();

        (await Trails.RunScriptAsync(Export(lines))).ShouldBe(["intact"]);
        lines.RemoveAll(entry => entry is { Chain: "m", Number: 2 });
        (await Trails.RunScriptAsync(Export(lines))).ShouldBe([$"{Trails.Id} m 2 missing"]);
    }

    [Fact]
    public void The_script_is_short() => File.ReadLines(Trails.Script()).Count().ShouldBeLessThan(80);

    private static string Export(IEnumerable<EventView> lines) => string.Concat(lines.Select(EventExport.ToJsonLine));
}
