using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Links;
using TlsOrLink.Probing;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Sends each recipient of a range the message with the attachments replaced by a link of its own.</summary>
internal sealed class SendLinks(RangeDelivery delivery, LinkMailings mailings, TraceField trace)
{
    [Function(nameof(SendLinks))]
    public async Task<SendReport> RunAsync([ActivityTrigger] SendTarget target, CancellationToken cancellation) =>
        await delivery.RunAsync(
            target,
            await mailings.OfAsync(
                target.Id,
                target.Round,
                new LinkCause(target.Plan.Reason, target.Plan.Level == TlsLevel.None),
                trace.Received(target.Id, target.CreatedAt),
                cancellation
            ),
            cancellation
        );
}
