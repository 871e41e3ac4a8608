using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Events;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes one link back. Again and again it answers the same.</summary>
internal sealed class RevokeLink(LinkOwners owners, LinkChanges changes, TimeProvider clock)
{
    [Function(nameof(RevokeLink))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/links/{linkId}/revoke")] HttpRequest request,
        string linkId,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        await owners.OwnsAsync(context.Caller(), linkId, cancellation)
            ? LinkOwners.Answer(
                await changes.RevokeAsync(linkId, EventActors.Caller(context.Caller()!.Name), CancellationToken.None),
                clock.GetUtcNow()
            )
            : Problem.NotFound("link");
}
