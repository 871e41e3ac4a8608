namespace TlsOrLink.Embedded.Durable;

internal static class ClockDelay
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends when the clock shows <paramref name="due"/>, UTC; within an hour of it where the clock was set forward meanwhile.</summary>
    public static async Task DelayUntil(this TimeProvider clock, DateTime due, CancellationToken stop)
    {
        for (var now = clock.UtcNow(); now < due; now = clock.UtcNow())
        {
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var delay = Task.Delay(wait < s_longest ? wait : s_longest, clock, end.Token);

            // A clock that was moved before the delay was there has made it too long.
            if (clock.UtcNow() - now < s_step)
            {
                await delay;
            }
            else
            {
                await end.CancelAsync();
            }
        }
    }

    private static DateTime UtcNow(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
