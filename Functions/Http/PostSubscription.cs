using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Subscribes the caller to events of its own messages.</summary>
internal sealed class PostSubscription(Subscribing subscribing)
{
    [Function(nameof(PostSubscription))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/subscriptions")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    ) => subscribing.AnswerAsync(request, context.Caller()!.Name, only: null, cancellation);
}
