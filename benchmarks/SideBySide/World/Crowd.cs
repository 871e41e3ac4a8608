using System.Diagnostics;

namespace TlsOrLink.Benchmarks.World;

/// <summary>Does something many times, some at once.</summary>
internal static class Crowd
{
    /// <returns>How many a second.</returns>
    public static async Task<double> RateAsync(int count, int atOnce, Func<int, Task> one)
    {
        var clock = Stopwatch.StartNew();
        await RunAsync(count, atOnce, one);
        return count / clock.Elapsed.TotalSeconds;
    }

    public static Task RunAsync(int count, int atOnce, Func<int, Task> one) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (n, _) => await one(n)
        );
}
