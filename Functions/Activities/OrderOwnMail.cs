using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Activities;

/// <summary>Lets a mail of ours go its own way, so that an orchestration need not wait for its recipient's server.</summary>
internal static class OrderOwnMail
{
    [Function(nameof(OrderOwnMail))]
    public static Task RunAsync(
        [ActivityTrigger] OwnMailOrder order,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    ) => OwnMailStart.StartAsync(client, order, cancellation);
}
