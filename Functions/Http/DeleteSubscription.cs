using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Http;

/// <summary>Removes one of the caller's subscriptions. A flow does so when its trigger goes.</summary>
internal sealed class DeleteSubscription(SubscriptionDesk desk)
{
    [Function(nameof(DeleteSubscription))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/subscriptions/{id}")] HttpRequest request,
        string id,
        FunctionContext context
    ) =>
        await desk.RemoveAsync(context.Caller()!.Name, id, CancellationToken.None)
            ? new NoContentResult()
            : Problem.NotFound("subscription");
}
