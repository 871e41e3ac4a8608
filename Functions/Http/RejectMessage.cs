using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Http;

/// <summary>Refuses a message that waits for approval: nothing is sent, and its sender is told.</summary>
internal sealed class RejectMessage(HoldDecisions decisions)
{
    [Function(nameof(RejectMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/{id}/reject")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) => decisions.ByCallerAsync(request, client, id, Decision.Reject, context.Caller()!, cancellation);
}
