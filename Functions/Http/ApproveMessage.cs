using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Http;

/// <summary>Lets a message go that waits for approval; never at the word of its sender.</summary>
internal sealed class ApproveMessage(HoldDecisions decisions)
{
    [Function(nameof(ApproveMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/{id}/approve")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) => decisions.ByCallerAsync(request, client, id, Decision.Approve, context.Caller()!, cancellation);
}
