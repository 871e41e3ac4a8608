using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Where intake's <c>Location</c> points: 202 while the message is not finished, then 200 (the asynchronous pattern of Logic Apps).</summary>
internal sealed class GetOperation(MessageTable messages, ApiAddresses addresses, TimeProvider clock)
{
    private const string RetryAfterSeconds = "5";
    private const string Bounded = "bounded";

    [Function(nameof(GetOperation))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}/operation")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (QueryFlag.Of(request, Bounded) is not { } isBounded)
        {
            return QueryFlag.Wrong(Bounded);
        }

        var found = MessageId.IsValid(id) ? await messages.PartitionAsync(id, cancellation) : null;
        if (found is null || (context.Caller() is { } caller && !Owns(caller, found.Message)))
        {
            return Problem.NotFound("message");
        }

        var view = MessageView.Of(found.Message, found.Recipients, request.LanguageOf(found.Message.Language));
        if (
            found.Message.IsFinished
            || (isBounded && BoundedWait.IsOver(found.Message, found.Recipients, clock.GetUtcNow()))
        )
        {
            return new OkObjectResult(view);
        }

        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new AcceptedResult(addresses.OperationOf(request, id, isBounded), view);
    }

    private static bool Owns(Callers.Caller caller, MessageRow message) =>
        string.Equals(message.Caller, caller.Name, StringComparison.Ordinal);
}
