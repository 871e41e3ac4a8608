using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

/// <summary>A token bucket per caller: how many probes it may ask for. In this process; a caller has as many buckets as there are instances.</summary>
internal sealed class ProbeBudget(IOptions<ProbeBudgetOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes <paramref name="probes"/> out of the caller's bucket, all or none.</summary>
    /// <returns>Null where they are taken; else how long to wait until they can be.</returns>
    public TimeSpan? TryTake(string caller, int probes)
    {
        var bucket = buckets.GetOrAdd(caller, _ => new Bucket(options.Value.ProbeBurst, clock.GetUtcNow()));
        var perSecond = options.Value.ProbesPerMinute / 60.0;
        lock (bucket)
        {
            var now = clock.GetUtcNow();
            // A clock that is set back gives nothing and takes nothing.
            var since = Math.Max(0, (now - bucket.At).TotalSeconds);
            bucket.Tokens = Math.Min(options.Value.ProbeBurst, bucket.Tokens + (since * perSecond));
            bucket.At = now;
            // More than a whole bucket is lent to a full one: else it could never be had.
            var needed = Math.Min(probes, options.Value.ProbeBurst);
            if (bucket.Tokens < needed)
            {
                return TimeSpan.FromSeconds((needed - bucket.Tokens) / perSecond);
            }

            bucket.Tokens -= probes;
            return null;
        }
    }

    private sealed class Bucket(double tokens, DateTimeOffset at)
    {
        public double Tokens { get; set; } = tokens;

        public DateTimeOffset At { get; set; } = at;
    }
}
