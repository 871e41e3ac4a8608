using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Timers;

/// <summary>Pushes the events that were noted and not pushed at once, such as those of a process that died.</summary>
internal sealed partial class PushEvents(
    EventOutbox outbox,
    EventPush push,
    IOptions<PurgingOptions> options,
    TimeProvider clock,
    ILogger<PushEvents> logger
)
{
    [Function(nameof(PushEvents))]
    public async Task RunAsync(
        [TimerTrigger("%Reconciling:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        await Parallel.ForEachAsync(
            outbox.ListAsync(now, cancellation),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.Concurrency,
                CancellationToken = cancellation,
            },
            (row, stop) => PushGuardedAsync(client, row, now, stop)
        );
    }

    /// <summary>One message that fails must not keep the others from their turn.</summary>
    private async ValueTask PushGuardedAsync(
        DurableTaskClient client,
        Due row,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        try
        {
            await push.PushAsync(client, row.MessageId, cancellation);
            await outbox.CloseAsync(row, now, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(fault, row.MessageId);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Events of message {Id} could not be pushed; the next run tries again"
    )]
    private partial void LogFailed(Exception fault, string id);
}
