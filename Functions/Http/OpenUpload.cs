using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Functions.Http;

/// <summary>Opens an upload session: a URL of one blob for a file that is too large for one request. A message then refers to it by its id.</summary>
internal sealed class OpenUpload(UploadDesk desk, UploadSas sas)
{
    [Function(nameof(OpenUpload))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/uploads")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var caller = context.Caller();
        if (
            MissingRole.Of(caller, CallerRoles.Sender, "Uploads need the role sender (Callers:n:Roles).") is { } missing
        )
        {
            return missing;
        }

        switch (await desk.OpenAsync(caller!.Name, cancellation))
        {
            case UploadOutcome.Opened(var row):
                request.HttpContext.Response.Headers.CacheControl = "no-store";
                var view = UploadView.Of(row, await sas.IssueAsync(row, cancellation), desk.MaxBytes);
                return new ObjectResult(view) { StatusCode = StatusCodes.Status201Created };
            case UploadOutcome.TooMany(var wait):
                RetryAfter.Set(request, wait);
                return Problem.Of(
                    StatusCodes.Status429TooManyRequests,
                    "too-many-uploads",
                    "This caller has as many upload sessions open as it may have (Uploads:MaxOpen). Send messages that refer to them, or wait until they end."
                );
            case var other:
                throw new InvalidOperationException($"Not an outcome: {other}.");
        }
    }
}
