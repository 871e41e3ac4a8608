using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Notes why nothing is sent to a range of recipients in this round.</summary>
internal sealed class SettleRecipients(Settlement settlement, EventPush push)
{
    [Function(nameof(SettleRecipients))]
    public async Task<SendReport> RunAsync(
        [ActivityTrigger] SendTarget target,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var report = await settlement.RunAsync(target, cancellation);
        await push.FlushAsync(client);
        return report;
    }
}
