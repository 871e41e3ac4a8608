using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Subscribes the caller to one event: a route of its own for each, since a trigger of a flow is one operation of a connector.</summary>
internal sealed class SubscribeToEvent(Subscribing subscribing)
{
    [Function(nameof(SubscribeToEvent))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions/events/{event}")]
            HttpRequest request,
        string @event,
        FunctionContext context,
        CancellationToken cancellation
    ) => subscribing.AnswerAsync(request, context.Caller()!.Name, @event, cancellation);
}
