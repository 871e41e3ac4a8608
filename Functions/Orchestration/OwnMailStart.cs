using Microsoft.DurableTask.Client;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Starts the sending of a mail of ours, once however often it is ordered: from triggers, timers and <c>OrderOwnMail</c>.</summary>
internal static class OwnMailStart
{
    /// <summary>Starts it unless the very same order was given before.</summary>
    public static Task StartAsync(DurableTaskClient client, OwnMailOrder order, CancellationToken cancellation) =>
        DeliveryStart.StartOnceAsync(client, nameof(DeliverOwnMail), order.Key, order, cancellation);
}
