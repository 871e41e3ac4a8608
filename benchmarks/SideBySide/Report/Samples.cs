using System.Diagnostics;
using System.Globalization;

namespace TlsOrLink.Benchmarks.Report;

/// <summary>Repeats of one measurement.</summary>
/// <param name="Values">In the order in which they were taken; at least one.</param>
internal sealed record Samples(IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Min => Values.Min();

    public double Max => Values.Max();

    /// <summary>Each of ours over the peer's of the same round: what the machine did in between cancels out.</summary>
    public Samples Over(Samples peer) => new([.. Values.Zip(peer.Values, (ours, theirs) => ours / theirs)]);

    /// <summary>Median, then the least and the most, and of how many.</summary>
    public string Show(string format = "F2") =>
        $"{Text(Median, format)} ({Text(Min, format)} to {Text(Max, format)}, {Values.Count}×)";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>Measures several sides in turns, so that all of them see the same machine.</summary>
internal static class Rounds
{
    /// <summary>Fewer say nothing of the spread.</summary>
    private const int Least = 3;

    /// <summary>
    /// Runs every side once a round, another first each time. On a machine so busy that the time of the row is over, the rest of the rounds is
    /// left out: the figure says how many there were.
    /// </summary>
    /// <returns>The samples of each side, in the order of <paramref name="sides"/>.</returns>
    public static async Task<IReadOnlyList<Samples>> RunAsync(
        int rounds,
        TimeSpan limit,
        params Func<Task<double>>[] sides
    )
    {
        var values = sides.Select(_ => new List<double>()).ToList();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < rounds && (round < Least || clock.Elapsed < limit); round++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                var side = (i + round) % sides.Length;
                values[side].Add(await sides[side]());
            }
        }

        return [.. values.Select(taken => new Samples(taken))];
    }
}
