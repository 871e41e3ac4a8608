using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

/// <summary>How many probes each caller may ask for.</summary>
internal sealed class ProbeBudget(IOptions<ProbeBudgetOptions> options, TimeProvider clock)
{
    private readonly TokenBuckets buckets = new(options.Value.ProbesPerMinute / 60.0, options.Value.ProbeBurst, clock);

    /// <summary>Takes <paramref name="probes"/> out of the caller's bucket, all or none.</summary>
    /// <returns>Null where they are taken; else how long to wait until they can be.</returns>
    public TimeSpan? TryTake(string caller, int probes) => buckets.TryTake(caller, probes);
}
