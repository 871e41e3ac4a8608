using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Messages;
using TlsOrLink.Reporting;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>
/// Delivers one message, round by round, under the message's id: wait for the end of its hold where it is held, begin, then per domain probe and send, then complete or wait for
/// the next round. What was done to a recipient stands in its row; the history holds counts and ranges.
/// </summary>
public static class DeliverMessage
{
    /// <summary>The orchestrator.</summary>
    [Function(nameof(DeliverMessage))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<Input>()!;
        if (input.Held)
        {
            if (await HoldWait.RunAsync(context, input.Id))
            {
                // Deliveries begin with an empty history, however long the hold was.
                context.ContinueAsNew(new Input(input.Id), preserveUnprocessedEvents: false);
            }

            return;
        }

        var work = await context.CallActivityAsync<RoundWork>(
            nameof(BeginRound),
            new BeginRound.Input(input.Id, input.Round),
            Retries.OnTransientFaults
        );
        var report = await DomainDelivery.RunAllAsync(context, new DeliverDomains.Input(input.Id, input.Round, work));
        if (work.Untold + report.Failed > 0)
        {
            await TellSenderAsync(context, input);
        }

        if (report.Deferred + work.Waiting == 0)
        {
            await context.CallActivityAsync(
                nameof(CompleteMessage),
                new CompleteMessage.Input(input.Id, work.CreatedAt, work.ETag)
                {
                    Head = work.Head,
                    Caller = work.Caller,
                },
                Retries.OnTransientFaults
            );
            if (work.Reports)
            {
                await context.CallActivityAsync(
                    nameof(OrderOwnMail),
                    new OwnMailOrder(ReportKind.Slug, input.Id),
                    Retries.OnTransientFaults
                );
            }

            return;
        }

        await WaitUntilAsync(context, context.CurrentUtcDateTime + work.RetryDelay);
        context.ContinueAsNew(new Input(input.Id, input.Round + 1));
    }

    /// <summary>One bounce for all of the round. It goes its own way: the sender's server may be down for a day.</summary>
    private static Task TellSenderAsync(TaskOrchestrationContext context, Input input) =>
        context.CallActivityAsync(
            nameof(OrderOwnMail),
            new OwnMailOrder(
                BounceKind.Slug,
                input.Id,
                Serial: BounceKind.SerialOf(DeliveryStart.RunOf(context.InstanceId), input.Round)
            ),
            Retries.OnTransientFaults
        );

    /// <summary>Durable timers can fire up to a second early.</summary>
    private static async Task WaitUntilAsync(TaskOrchestrationContext context, DateTime instant)
    {
        do
        {
            await context.CreateTimer(instant, CancellationToken.None);
        } while (context.CurrentUtcDateTime < instant);
    }

    /// <summary>What is to be delivered.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="Round">0 for the first.</param>
    /// <param name="Held">The message's hold comes first. Release 1.0 did not know it.</param>
    internal sealed record Input(
        string Id,
        int Round = 0,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Held = false
    );
}
