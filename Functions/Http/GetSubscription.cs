using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Http;

/// <summary>One of the caller's subscriptions, without its secret.</summary>
internal sealed class GetSubscription(SubscriptionDesk desk)
{
    [Function(nameof(GetSubscription))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/subscriptions/{id}")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        await desk.FindAsync(context.Caller()!.Name, id, cancellation) is { } found
            ? new OkObjectResult(SubscriptionView.Of(found))
            : Problem.NotFound("subscription");
}
