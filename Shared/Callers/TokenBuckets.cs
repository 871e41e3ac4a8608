using System.Collections.Concurrent;

namespace TlsOrLink.Callers;

/// <summary>Token buckets by name, in this process; a name has as many buckets as there are instances.</summary>
/// <param name="perSecond">Tokens that come back; over 0.</param>
/// <param name="burst">Tokens of a full bucket; at least 1.</param>
/// <param name="clock">The clock.</param>
internal sealed class TokenBuckets(double perSecond, double burst, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes <paramref name="tokens"/> out of a bucket, all or none.</summary>
    /// <returns>Null where they are taken; else how long to wait until they can be.</returns>
    public TimeSpan? TryTake(string name, double tokens)
    {
        var bucket = buckets.GetOrAdd(name, _ => new Bucket(burst, clock.GetUtcNow()));
        lock (bucket)
        {
            Fill(bucket);
            // More than a whole bucket is lent to a full one: else it could never be had.
            var needed = Math.Min(tokens, burst);
            if (bucket.Tokens < needed)
            {
                return TimeSpan.FromSeconds((needed - bucket.Tokens) / perSecond);
            }

            bucket.Tokens -= tokens;
            return null;
        }
    }

    /// <summary>Takes tokens, there or not: of whoever goes on all the same and gives them back later.</summary>
    public void Lend(string name, double tokens)
    {
        var bucket = buckets.GetOrAdd(name, _ => new Bucket(burst, clock.GetUtcNow()));
        lock (bucket)
        {
            Fill(bucket);
            bucket.Tokens -= tokens;
        }
    }

    /// <summary>Gives tokens back that were taken for nothing.</summary>
    public void Return(string name, double tokens)
    {
        if (buckets.TryGetValue(name, out var bucket))
        {
            lock (bucket)
            {
                bucket.Tokens = Math.Min(burst, bucket.Tokens + tokens);
            }
        }
    }

    private void Fill(Bucket bucket)
    {
        var now = clock.GetUtcNow();
        // A clock that is set back gives nothing and takes nothing.
        var since = Math.Max(0, (now - bucket.At).TotalSeconds);
        bucket.Tokens = Math.Min(burst, bucket.Tokens + (since * perSecond));
        bucket.At = now;
    }

    private sealed class Bucket(double tokens, DateTimeOffset at)
    {
        public double Tokens { get; set; } = tokens;

        public DateTimeOffset At { get; set; } = at;
    }
}
