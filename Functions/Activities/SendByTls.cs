using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Sending;
using TlsOrLink.Storage;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Functions.Activities;

/// <summary>Sends the message as it came in over enforced TLS; where the domain shows less than its verdict says, the verdict is dropped.</summary>
internal sealed class SendByTls(
    RangeDelivery delivery,
    MessageBlobs blobs,
    TraceField trace,
    Signatures signatures,
    IVerdicts verdicts,
    EventPush push
)
{
    [Function(nameof(SendByTls))]
    public async Task<SendReport> RunAsync(
        [ActivityTrigger] SendTarget target,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var original = new OriginalMail(
            blobs,
            Keys.MessageBlob(target.CreatedAt, target.Id, target.Attempt),
            trace.Received(target.Id, target.CreatedAt),
            signatures
        );
        var report = await delivery.RunAsync(target, original, cancellation);
        if (report.VerdictIsWrong)
        {
            await verdicts.DropAsync(target.Domain, cancellation);
        }

        await push.FlushAsync(client);
        return report;
    }
}
