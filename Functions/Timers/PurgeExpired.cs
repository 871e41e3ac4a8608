using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Purging;

namespace TlsOrLink.Functions.Timers;

/// <summary>Removes what has expired.</summary>
internal sealed class PurgeExpired(ExpiredPurge purge, TimeProvider clock)
{
    [Function(nameof(PurgeExpired))]
    public Task RunAsync([TimerTrigger("%Purging:Schedule%")] TimerInfo timer, CancellationToken cancellation) =>
        purge.RunAsync(clock.GetUtcNow(), cancellation);
}
