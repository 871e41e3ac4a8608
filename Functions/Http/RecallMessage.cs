using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes a message back in whatever state it is: cancels what is not sent, revokes every link, and says what it could not do.</summary>
internal sealed class RecallMessage(
    MessageTable messages,
    Recall recall,
    LinkChanges links,
    HoldDecisions decisions,
    Completion completion,
    IOptions<PurgingOptions> purging
)
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
        if (message is null || !string.Equals(message.Caller, caller.Name, StringComparison.Ordinal))
        {
            return Problem.NotFound("message");
        }

        var actor = EventActors.Caller(caller.Name);
        if (message.IsHeld)
        {
            await decisions.DecideAsync(client, id, Decision.Cancel, actor, cancellation);
        }

        await decisions.NoteRecallAsync(id, actor, cancellation);
        // Rows first: a link that is made meanwhile is then either mailed to nobody, or noted in the row that we read.
        var stopped = await recall.StopAsync(id, cancellation);
        var revoked = await links.RevokeAllAsync([.. stopped?.Recipients ?? []], actor, cancellation);
        if (await recall.EndAsync(id, actor, cancellation))
        {
            var seen = new SeenMessage(id, message.CreatedAt, ETag: "", Head: null);
            await completion.CompleteAsync(seen, purging.Value.ContentLife, cancellation);
        }

        return await messages.PartitionAsync(id, cancellation) is { } found
            ? new OkObjectResult(RecallView.Of(found.Message, found.Recipients, revoked))
            : Problem.NotFound("message");
    }
}
