using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Http;

/// <summary>Ends a hold at the word of the message's own caller: delivery begins.</summary>
internal sealed class ReleaseMessage(HoldDecisions decisions)
{
    [Function(nameof(ReleaseMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/{id}/release")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) => decisions.ByCallerAsync(request, client, id, Decision.Release, context.Caller()!, cancellation);
}
