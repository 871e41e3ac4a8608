using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Intake for flows that do not wait: they would poll a <c>Location</c> by themselves, so there is none.</summary>
internal sealed class SendMessage(IntakeDesk desk)
{
    [Function(nameof(SendMessage))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/send")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation
    ) => desk.TakeAsync(request, client, context.Caller()!, Waiting.None, cancellation);
}
