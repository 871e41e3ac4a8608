using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes a message back in whatever state it is: cancels what is not sent, revokes every link, and says what it could not do.</summary>
internal sealed class RecallMessage(MessageTable messages, Recalls recalls)
{
    [Function(nameof(RecallMessage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/{id}/recall")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var caller = context.Caller()!;
        var message = MessageId.IsValid(id) ? await messages.FindAsync(id, cancellation) : null;
        return
            message is not null
            && LinkOwners.Owns(caller, message)
            && await recalls.RecallAsync(client, message, caller, cancellation) is { } recalled
            ? new OkObjectResult(recalled)
            : Problem.NotFound("message");
    }
}
