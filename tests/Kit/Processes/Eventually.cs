using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>Waits for what another process does in its own time.</summary>
public static class Eventually
{
    /// <summary>How long a test waits for what must come: long, since a machine may do much else and a right answer ends the wait.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Asks again, every 20 ms, until the answer is not null.</summary>
    /// <param name="within">Default <see cref="Patience"/>.</param>
    /// <param name="otherwise">What to look at when it does not come true; goes into the message.</param>
    /// <exception cref="TimeoutException">It did not come true in time.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> ask,
        TimeSpan? within = null,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(ask))] string what = ""
    )
        where T : class
    {
        var limit = within ?? Patience;
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Not true within {limit}: {what}. {otherwise?.Invoke()}");
            }
        }
    }

    /// <summary>Asks again, every 20 ms, until the answer is true.</summary>
    public static Task BeTrueAsync(
        Func<bool> ask,
        TimeSpan? within = null,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(ask))] string what = ""
    ) => GetAsync(() => Task.FromResult(ask() ? "yes" : null), within, otherwise, what);
}
