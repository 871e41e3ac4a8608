using TlsOrLink.Benchmarks.Report;

namespace TlsOrLink.Tests.Unit.Benchmarks;

/// <summary>What the benchmarks make of their measurements.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 1, 1, 1, 1, 1000 }, 1)]
    public void Takes_the_middle_of_what_was_measured(double[] values, double median) =>
        new Samples(values).Median.ShouldBe(median);

    [Fact]
    public void Compares_each_round_with_the_peer_of_the_same_round()
    {
        // The machine was half as fast in the second round, for both.
        var ratio = new Samples([100, 50, 90]).Over(new Samples([100, 50, 100]));

        ratio.Values.ShouldBe([1, 1, 0.9]);
        ratio.Show().ShouldBe("1.00 (0.90 to 1.00, 3×)");
    }

    [Fact]
    public async Task Runs_every_side_once_a_round_and_another_first_each_time()
    {
        List<string> order = [];

        Task<double> RunAsync(string side)
        {
            order.Add(side);
            return Task.FromResult(side == "ours" ? 1.0 : 2.0);
        }

        var sides = await Rounds.RunAsync(3, TimeSpan.Zero, () => RunAsync("ours"), () => RunAsync("peer"));

        order.ShouldBe(["ours", "peer", "peer", "ours", "ours", "peer"]);
        sides
            .Select(side => side.Values)
            .ShouldBe([
                [1, 1, 1],
                [2, 2, 2],
            ]);
    }

    [Fact]
    public async Task Leaves_rounds_out_when_the_time_is_over_but_not_the_first_three()
    {
        var sides = await Rounds.RunAsync(5, TimeSpan.Zero, () => Task.FromResult(1.0));

        sides[0].Values.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(0.9, true, 0.9, "met")]
    [InlineData(0.9, true, 0.89, "short")]
    [InlineData(1.5, false, 1.5, "met")]
    [InlineData(1.5, false, 1.51, "short")]
    [InlineData(12, false, double.PositiveInfinity, "short")]
    public void Says_whether_a_goal_is_met(double limit, bool isFloor, double figure, string verdict) =>
        Found(new Goal(limit, isFloor, ""), figure).Verdict.ShouldBe(verdict);

    [Fact]
    public void Claims_nothing_of_what_is_not_built_or_has_no_goal()
    {
        Finding.NotBuilt("a", "b", Goal.AtMost(64, "MiB")).Verdict.ShouldBe("not built");
        Found(null, 7).Verdict.ShouldBe("");
    }

    [Fact]
    public void Writes_a_table_that_markdown_reads()
    {
        var table = Table.Markdown([Found(Goal.AtLeast(0.9, "of raw"), 0.5) with { What = "a|b" }]);

        table.Split('\n')[2].ShouldBe("| a\\|b | peer | at least 0.9 of raw | 0.50 | short |");
    }

    [Fact]
    public void Writes_a_page_that_names_the_machine_and_the_day()
    {
        var at = new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

        var page = Page.Of([Found(null, 1)], "EPYC, 2 cores", at, Size.Long, TimeSpan.FromMinutes(14));

        page.ShouldContain("./bench --long` on 2026-11-24 in 14 minutes");
        page.ShouldContain("Machine: EPYC, 2 cores.");
        page.ShouldContain("| what | peer | ");
    }

    private static Finding Found(Goal? goal, double figure) =>
        new("what", "peer", goal, figure, figure.ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
}
