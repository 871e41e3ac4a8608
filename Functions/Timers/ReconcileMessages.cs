using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Timers;

/// <summary>
/// Goes through the messages that are not known to be finished: starts those which were stored and never started, goes on with those
/// whose orchestration died, closes those which are finished, sweeps what crashed intakes left.
/// </summary>
internal sealed partial class ReconcileMessages(
    OpenMessages open,
    DeliveryRound rounds,
    Completion completion,
    IOptions<PurgingOptions> purging,
    TimeProvider clock,
    ILogger<ReconcileMessages> logger
)
{
    [Function(nameof(ReconcileMessages))]
    public async Task RunAsync(
        [TimerTrigger("%Reconciling:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        await foreach (var message in open.ListAsync(now, cancellation))
        {
            await ActGuardedAsync(message, client, now, cancellation);
        }
    }

    /// <summary>One message that fails must not keep the younger ones from their turn.</summary>
    private async Task ActGuardedAsync(
        OpenMessage message,
        DurableTaskClient client,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        try
        {
            await ActAsync(message, client, now, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(fault, message.Due.MessageId);
        }
    }

    private Task ActAsync(
        OpenMessage message,
        DurableTaskClient client,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        message.Action switch
        {
            OpenAction.Start or OpenAction.Check => GoOnAsync(message.Message!, client, cancellation),
            OpenAction.Wake => WakeAsync(message.Message!, client, cancellation),
            OpenAction.Close => open.CloseAsync(message, cancellation),
            OpenAction.Sweep => open.SweepAsync(message, now, cancellation),
            _ => Task.CompletedTask,
        };

    /// <summary>Finds the message's latest run; where that is over or was never there, begins the next.</summary>
    private async Task GoOnAsync(MessageRow message, DurableTaskClient client, CancellationToken cancellation)
    {
        var id = message.Id;
        for (var run = 0; run <= DeliveryStart.MaxRuns; run++)
        {
            var instance = await client.GetInstanceAsync(DeliveryStart.InstanceId(id, run), cancellation);
            if (instance is { IsCompleted: false })
            {
                return;
            }

            if (instance is null)
            {
                await DeliveryStart.StartAsync(client, message, run, cancellation);
                LogWentOn(id, run);
                return;
            }
        }

        await AbandonAsync(id, client, cancellation);
    }

    /// <summary>A hold was decided, and whoever decided could not say so: the row is told of once more.</summary>
    private async Task WakeAsync(MessageRow message, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!await DeliveryWake.RaiseAsync(client, message.Id, cancellation))
        {
            await GoOnAsync(message, client, cancellation);
        }
    }

    private async Task AbandonAsync(string id, DurableTaskClient client, CancellationToken cancellation)
    {
        LogGaveUp(id);
        if (await rounds.AbandonAsync(id, cancellation) is { } message)
        {
            var bounce = new OwnMailOrder(BounceKind.Slug, id, Serial: BounceKind.Abandoned);
            await OwnMailStart.StartAsync(client, bounce, cancellation);
            await completion.CompleteAsync(SeenMessage.Of(message), purging.Value.ContentLife, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} could not be reconciled; the next run tries again")]
    private partial void LogFailed(Exception fault, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} was not being delivered: run {Run} begins")]
    private partial void LogWentOn(string id, int run);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id} is not finished and its orchestration failed again and again: look at its history"
    )]
    private partial void LogGaveUp(string id);
}
