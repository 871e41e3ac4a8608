using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TlsOrLink.Sending.WebApi;

/// <summary>
/// Which requests of a webhook are fresh, and which were taken before: the names of those are kept in this process, for as long as they could come again.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="tolerance">How far a request's timestamp may be off.</param>
internal sealed class TakenRequests(TimeProvider clock, TimeSpan tolerance)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> taken = new(StringComparer.Ordinal);

    /// <summary>The timestamp, seconds since 1970, is one and near enough.</summary>
    public bool IsFresh([NotNullWhen(true)] string? timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= tolerance.TotalSeconds;

    /// <summary>A request of this name was taken.</summary>
    public bool Has(string name) => taken.ContainsKey(name);

    /// <summary>The request was taken: the very same is refused from now on.</summary>
    public void Remember(string name)
    {
        var now = clock.GetUtcNow();
        var old = now - (2 * tolerance);
        foreach (var (kept, at) in taken.Count >= MaxKept ? taken.ToArray() : [])
        {
            if (at < old || taken.Count >= MaxKept)
            {
                taken.TryRemove(kept, out _);
            }
        }

        taken[name] = now;
    }
}
