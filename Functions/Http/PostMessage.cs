using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Intake: after the 202 the message is never lost.</summary>
internal sealed class PostMessage(IntakeDesk desk)
{
    [Function(nameof(PostMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation
    ) => desk.TakeAsync(request, client, context.Caller()!, Waiting.Whole, cancellation);
}
