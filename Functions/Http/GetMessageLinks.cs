using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Every link of a message, by recipient, newest first.</summary>
internal sealed class GetMessageLinks(MessageTable messages, LinkTable links, TimeProvider clock)
{
    [Function(nameof(GetMessageLinks))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}/links")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var found = MessageId.IsValid(id) ? await messages.PartitionAsync(id, cancellation) : null;
        if (found is null || !LinkOwners.Owns(context.Caller(), found.Message))
        {
            return Problem.NotFound("message");
        }

        var rows = await links.FindAllAsync([.. found.Recipients.SelectMany(row => row.LinkIds)], cancellation);
        var now = clock.GetUtcNow();
        return new OkObjectResult(
            new LinkListView([
                .. found.Recipients.SelectMany(recipient =>
                    recipient
                        .LinkIds.Select(link => rows.GetValueOrDefault(link))
                        .OfType<LinkRow>()
                        .Select(link => LinkDetailView.Of(link, recipient.Address, now))
                ),
            ])
        );
    }
}
