using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes a held message back, at the word of its own caller: nothing is sent.</summary>
internal sealed class CancelMessage(HoldDecisions decisions)
{
    [Function(nameof(CancelMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/{id}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) => decisions.ByCallerAsync(request, client, id, Decision.Cancel, context.Caller()!, cancellation);
}
