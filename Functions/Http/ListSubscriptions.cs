using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Http;

/// <summary>The caller's subscriptions, without their secrets.</summary>
internal sealed class ListSubscriptions(SubscriptionDesk desk)
{
    [Function(nameof(ListSubscriptions))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/subscriptions")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var found = await desk.ListAsync(context.Caller()!.Name, cancellation);
        return new OkObjectResult(new SubscriptionListView([.. found.Select(SubscriptionView.Of)]));
    }
}
