using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Sending;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Functions.Activities;

/// <summary>Sends the message as it came in over enforced TLS; where the domain shows less than its verdict says, the verdict is dropped.</summary>
internal sealed class SendByTls(RangeDelivery delivery, OriginalMail original, IVerdicts verdicts)
{
    [Function(nameof(SendByTls))]
    public async Task<SendReport> RunAsync([ActivityTrigger] SendTarget target, CancellationToken cancellation)
    {
        var report = await delivery.RunAsync(target, original.For(target), cancellation);
        if (report.VerdictIsWrong)
        {
            await verdicts.DropAsync(target.Domain, cancellation);
        }

        return report;
    }
}
