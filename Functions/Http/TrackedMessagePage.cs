using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>One message with its recipients, receipts and events; changes nothing.</summary>
internal sealed class TrackedMessagePage(TrackPages pages, TrackedMessages tracked, Sessions sessions)
{
    [Function(nameof(TrackedMessagePage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "track/{id}")] HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var visitor = Visitors.Of(request, context, sessions);
        return new PageResult(
            await tracked.FindAsync(visitor, id, cancellation) is { } found ? pages.Show(found) : pages.Unknown(visitor)
        );
    }
}
