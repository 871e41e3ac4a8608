using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Part of a message with many domains, as a sub-orchestration, so that no history grows with the whole message.</summary>
public static class DeliverDomains
{
    /// <summary>The orchestrator.</summary>
    [Function(nameof(DeliverDomains))]
    public static Task<SendReport> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        DomainDelivery.RunAllAsync(context, context.GetInput<Input>()!);

    /// <summary>What is to be delivered in this round.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="Round">0 for the first.</param>
    /// <param name="Work">The domains and what holds for all of them.</param>
    internal sealed record Input(string Id, int Round, RoundWork Work);
}
