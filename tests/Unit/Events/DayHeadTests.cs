using TlsOrLink.Auditing;
using TlsOrLink.Tests.Unit.Messages;

namespace TlsOrLink.Tests.Unit.Events;

public sealed class DayHeadTests
{
    private static readonly DayLeaf[] Leaves =
    [
        .. Enumerable.Range(0, 5).Select(n => new DayLeaf("id", $"r{n}", n, "mac")),
    ];

    [Fact]
    public void The_order_of_the_leaves_does_not_matter() => Head(Leaves.Reverse()).ShouldBe(Head(Leaves));

    [Fact]
    public void Every_leaf_every_place_and_the_day_before_count()
    {
        var roots = Enumerable
            .Range(0, Leaves.Length)
            .Select(n => Head(Leaves.Select((leaf, i) => i == n ? leaf with { Number = 9 } : leaf)).Root)
            .Append(Head(Leaves).Root)
            .Append(Head(Leaves.Skip(1)).Root)
            .Append(Head([]).Root)
            .Append(DayHead.Of("20260109", Leaves, "other", Chained.Key).Root)
            .Append(DayHead.Of("20260110", Leaves, "before", Chained.Key).Root);

        roots.ShouldBeUnique();
    }

    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_defused()
    {
        var entry = new EventView(
            "=1+1",
            "r0",
            1,
            "-at",
            "@kind",
            "+actor",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" },
            "",
            "\tx"
        );

        EventExport.ToCsvLine(entry).ShouldBe("'=1+1,r0,1,'-at,'@kind,'+actor,\"{\"\"a\"\":\"\"b\"\"}\",,'\tx\r\n");
    }

    private static DayHead Head(IEnumerable<DayLeaf> leaves) =>
        DayHead.Of("20260109", [.. leaves], "before", Chained.Key);
}
