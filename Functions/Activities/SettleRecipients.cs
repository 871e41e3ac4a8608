using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Notes why nothing is sent to a range of recipients in this round.</summary>
internal sealed class SettleRecipients(Settlement settlement)
{
    [Function(nameof(SettleRecipients))]
    public Task<SendReport> RunAsync([ActivityTrigger] SendTarget target, CancellationToken cancellation) =>
        settlement.RunAsync(target, cancellation);
}
