using Microsoft.DurableTask;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Waits until a message may be delivered, or must not be. Its row decides; an event or the timer only makes us look.</summary>
internal static class HoldWait
{
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
                    if (await WaitAsync(context, hold.Until.UtcDateTime, changed))
                    {
                        changed = context.WaitForExternalEvent<string>(Changed);
                    }

                    break;
            }
        }
    }

    /// <summary>Waits for the event or the moment; a timer that is early makes us look once more.</summary>
    /// <returns>The event came.</returns>
    private static async Task<bool> WaitAsync(TaskOrchestrationContext context, DateTime until, Task<string> changed)
    {
        using var stop = new CancellationTokenSource();
        var first = await Task.WhenAny(changed, context.CreateTimer(until, stop.Token));
        if (first != changed)
        {
            return false;
        }

        // One that is left behind would keep the instance running.
        stop.Cancel();
        return true;
    }

    private static Task EndAsync(TaskOrchestrationContext context, string id, HoldCheck hold) =>
        context.CallActivityAsync(
            nameof(CompleteMessage),
            new CompleteMessage.Input(id, hold.CreatedAt, ETag: ""),
            Retries.OnTransientFaults
        );
}
