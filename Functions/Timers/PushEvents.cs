using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Purging;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Timers;

/// <summary>
/// Pushes the events that were noted and not pushed at once, such as those of a process that died, and those that were not noted, since whoever wrote them did not
/// know of a new subscription yet.
/// </summary>
internal sealed partial class PushEvents(
    EventOutbox outbox,
    MissedEvents missed,
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
            options.Value.AtOnce(cancellation),
            (row, stop) =>
                GuardAsync(
                    async () =>
                    {
                        await push.PushAsync(client, row.MessageId, stop);
                        await outbox.CloseAsync(row, now, stop);
                    },
                    fault => LogFailed(fault, row.MessageId),
                    stop
                )
        );
        await foreach (var row in missed.ListAsync(now, cancellation))
        {
            if (clock.GetUtcNow() >= now + EventOutbox.RunTime)
            {
                // The outbox of all callers comes first again.
                break;
            }

            await GuardAsync(
                () => push.LookBackAsync(client, row, cancellation),
                fault => LogNotSeen(fault, row.Id),
                cancellation
            );
        }
    }

    /// <summary>One that fails must not keep the others from their turn.</summary>
    private static async ValueTask GuardAsync(Func<Task> step, Action<Exception> log, CancellationToken cancellation)
    {
        try
        {
            await step();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log(fault);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Events of message {Id} could not be pushed; the next run tries again"
    )]
    private partial void LogFailed(Exception fault, string id);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "What subscription {Id} may have missed could not be looked for; the next run tries again"
    )]
    private partial void LogNotSeen(Exception fault, string id);
}
