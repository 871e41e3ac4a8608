using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The delivery certificate of one message, verified as it is asked for.</summary>
internal sealed class CertificatePage(
    CertificatePages pages,
    TrackPages others,
    TrackedMessages tracked,
    Sessions sessions
)
{
    [Function(nameof(CertificatePage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "track/{id}/certificate")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var visitor = Visitors.Of(request, context, sessions);
        return new PageResult(
            await tracked.FindAsync(visitor, id, cancellation) is { } found
                ? pages.Show(await tracked.CertifyAsync(found, cancellation))
                : others.Unknown(visitor)
        );
    }
}
