using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TakeOutFiles = TlsOrLink.Functions.Activities.TakeOutFiles;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Waits until a message may be delivered, or must not be. Its row decides; an event or the timer only makes us look.</summary>
internal static partial class HoldWait
{
    /// <summary>Durable timers can fire up to a second early: one set for a second later is never too early.</summary>
    private static readonly TimeSpan Earliness = TimeSpan.FromSeconds(1);

    /// <summary>Event that says that the row was changed.</summary>
    public const string Changed = "HoldChanged";

    /// <summary>True where delivery may begin; false where the message has ended and is completed.</summary>
    public static async Task<bool> RunAsync(TaskOrchestrationContext context, string id)
    {
        // One waiter for all turns: an abandoned one would swallow the next event.
        var changed = context.WaitForExternalEvent<string>(Changed);
        while (true)
        {
            var hold = await context.CallActivityAsync<HoldCheck>(
                nameof(CheckHold),
                new CheckHold.Input(id),
                Retries.OnTransientFaults
            );
            switch (hold.Phase)
            {
                case HoldPhase.Released:
                    return true;
                case HoldPhase.Ended:
                    await EndAsync(context, id, hold);
                    return false;
                default:
                    if (hold.AskApprovers)
                    {
                        await AskApproversAsync(context, id);
                    }

                    if (await WaitAsync(context, hold.Until.UtcDateTime, changed))
                    {
                        changed = context.WaitForExternalEvent<string>(Changed);
                    }

                    break;
            }
        }
    }

    /// <summary>Waits for the event or the moment.</summary>
    /// <returns>The event came.</returns>
    private static async Task<bool> WaitAsync(TaskOrchestrationContext context, DateTime until, Task<string> changed)
    {
        using var stop = new CancellationTokenSource();
        var first = await Task.WhenAny(changed, context.CreateTimer(until + Earliness, stop.Token));
        if (first != changed)
        {
            return false;
        }

        // One that is left behind would keep the instance running.
        stop.Cancel();
        return true;
    }

    /// <summary>Approvers see the files by their names and download them: they are taken out before anybody is asked.</summary>
    private static async Task AskApproversAsync(TaskOrchestrationContext context, string id)
    {
        try
        {
            await context.CallActivityAsync(
                nameof(TakeOutFiles),
                new TakeOutFiles.Input(id),
                Retries.OnTransientFaults
            );
        }
        catch (TaskFailedException failure)
        {
            // They decide on what can be shown.
            LogNotTakenOut(context.CreateReplaySafeLogger(nameof(HoldWait)), id, failure.TaskName);
        }

        await context.CallActivityAsync(nameof(AskApprovers), new AskApprovers.Input(id), Retries.OnTransientFaults);
    }

    private static async Task EndAsync(TaskOrchestrationContext context, string id, HoldCheck hold)
    {
        if (hold.TellSender)
        {
            await context.CallActivityAsync(
                nameof(OrderOwnMail),
                new OwnMailOrder(HoldMailKinds.Ended, id),
                Retries.OnTransientFaults
            );
        }

        await context.CallActivityAsync(
            nameof(CompleteMessage),
            new CompleteMessage.Input(id, hold.CreatedAt, ETag: ""),
            Retries.OnTransientFaults
        );
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id}: {Activity} failed; its approvers see no files")]
    private static partial void LogNotTakenOut(ILogger logger, string id, string activity);
}
