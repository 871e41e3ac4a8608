using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Purging;

namespace TlsOrLink.Functions.Timers;

/// <summary>Removes what has expired, and the histories of orchestrations that ended; the rows of recipients outlive those.</summary>
internal sealed class PurgeExpired(ExpiredPurge purge, IOptions<PurgingOptions> options, TimeProvider clock)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    [Function(nameof(PurgeExpired))]
    public async Task RunAsync(
        [TimerTrigger("%Purging:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        await purge.RunAsync(now, cancellation);
        await client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedTo: now - options.Value.HistoryLife, Statuses: Ended),
            options: null,
            cancellation
        );
    }
}
