using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Pushes one event to one subscriber, again and again on durable timers until it is taken or given up. Started by <see cref="EventPush"/> under the order's key.</summary>
public static partial class DeliverEvent
{
    /// <summary>The orchestrator.</summary>
    [Function(nameof(DeliverEvent))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<EventOrder>()!;
        var begun = context.CurrentUtcDateTime;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var next = await context.CallActivityAsync<PostEvent.Result>(
                    nameof(PostEvent),
                    new PostEvent.Input(order, attempt, begun),
                    Retries.OnTransientFaults
                );
                if (next.Wait is not { } wait)
                {
                    return;
                }

                await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
            }
        }
        catch (TaskFailedException)
        {
            LogFailed(context.CreateReplaySafeLogger(nameof(DeliverEvent)), order.EventId, order.Subscription);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Event {Event} was given up for subscription {Subscription}: its pushing failed"
    )]
    private static partial void LogFailed(ILogger logger, string @event, string subscription);
}
