namespace TlsOrLink.Sending;

/// <summary>When the next round is. Pure.</summary>
internal static class RetrySchedule
{
    private const int MaxDoublings = 30;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The wait after round <paramref name="round"/> (0 for the first); the last one ends with the retry period.</summary>
    public static TimeSpan DelayAfter(int round, DateTimeOffset createdAt, DateTimeOffset now, DeliveryOptions options)
    {
        var doubled = options.FirstRetry * Math.Pow(2, Math.Min(round, MaxDoublings));
        var delay = doubled < options.LongestRetry ? doubled : options.LongestRetry;
        var left = createdAt + options.RetryPeriod - now;
        return Max(delay < left ? delay : left, Shortest);
    }

    /// <summary>The period is over: who is not reached by now is given up.</summary>
    public static bool IsOver(DateTimeOffset createdAt, DateTimeOffset now, DeliveryOptions options) =>
        now >= createdAt + options.RetryPeriod;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
