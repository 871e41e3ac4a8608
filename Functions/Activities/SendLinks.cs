using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Sends each recipient of a range the message with the attachments replaced by a link of its own.</summary>
internal sealed class SendLinks(
    RangeDelivery delivery,
    LinkMailings mailings,
    IOptions<RoutingOptions> routing,
    TraceField trace,
    EventPush push
)
{
    [Function(nameof(SendLinks))]
    public async Task<SendReport> RunAsync(
        [ActivityTrigger] SendTarget target,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var report = await delivery.RunAsync(
            target,
            await mailings.OfAsync(
                target.Id,
                target.Round,
                new LinkCause(target.Plan.Reason, target.Plan.Level == TlsLevel.None)
                {
                    MailsCodes = target.Plan.Level >= RoutePlanner.Required(routing.Value.TlsPolicy, rule: null),
                },
                trace.Received(target.Id, target.CreatedAt),
                cancellation
            ),
            cancellation
        );
        await push.FlushAsync(client);
        return report;
    }
}
