using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>State of one message, always 200: a flow would poll a 202 through a hold of days.</summary>
internal sealed class GetMessage(MessageTable messages)
{
    [Function(nameof(GetMessage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}")] HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        MessageId.IsValid(id)
        && await messages.PartitionAsync(id, cancellation) is { } found
        && string.Equals(found.Message.Caller, context.Caller()?.Name, StringComparison.Ordinal)
            ? new OkObjectResult(MessageView.Of(found.Message, found.Recipients))
            : Problem.NotFound("message");
}
