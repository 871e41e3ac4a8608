using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Sends one mail of ours, trying for a day. Started by <see cref="OwnMailStart"/> under the order's key.</summary>
public static partial class DeliverOwnMail
{
    /// <summary>The orchestrator.</summary>
    [Function(nameof(DeliverOwnMail))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<OwnMailOrder>()!;
        try
        {
            await context.CallActivityAsync<bool>(nameof(SendOwnMail), order, Retries.OnTransientFaults);
        }
        catch (TaskFailedException)
        {
            // Nothing bounces a bounce: an operator is told, the message's own state stands over the API.
            LogGaveUp(context.CreateReplaySafeLogger(nameof(DeliverOwnMail)), order.Kind, order.MessageId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail of ours, kind {Kind}, for message {Id} was given up")]
    private static partial void LogGaveUp(ILogger logger, string kind, string id);
}
