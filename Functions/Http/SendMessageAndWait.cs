using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Intake for flows that wait: what they poll ends after ten minutes, and at a hold.</summary>
internal sealed class SendMessageAndWait(IntakeDesk desk)
{
    [Function(nameof(SendMessageAndWait))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/send-and-wait")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation
    ) => desk.TakeAsync(request, client, context.Caller()!, Waiting.Bounded, cancellation);
}
