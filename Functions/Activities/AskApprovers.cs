using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Faults;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Activities;

/// <summary>Lets a mail go to every approver of a held message, each its own way; run again, it sends none twice.</summary>
internal sealed class AskApprovers(MessageTable messages, ApprovalMailSource mails, Holds holds)
{
    [Function(nameof(AskApprovers))]
    public async Task RunAsync(
        [ActivityTrigger] Input input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var message =
            await messages.FindAsync(input.Id, cancellation) ?? throw new PermanentFault("There is no such message.");
        foreach (var order in mails.OrdersFor(message))
        {
            await OwnMailStart.StartAsync(client, order, cancellation);
        }

        await holds.NoteAsync(input.Id, (row, now) => row.ApproversAskedAt = now, cancellation);
    }

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    internal sealed record Input(string Id);
}
