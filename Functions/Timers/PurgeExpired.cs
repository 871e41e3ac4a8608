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
        try
        {
            await purge.RunAsync(now, cancellation);
        }
        finally
        {
            await PurgeHistoriesAsync(client, now - options.Value.HistoryLife, cancellation);
        }
    }

    /// <summary>Removes the histories of orchestrations that began before <paramref name="before"/> and have ended; one under way stays however old it is.</summary>
    public static Task PurgeHistoriesAsync(
        DurableTaskClient client,
        DateTimeOffset before,
        CancellationToken cancellation
    ) =>
        client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedTo: before, Statuses: Ended),
            options: null,
            cancellation
        );
}
