using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Auditing;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>The audit trail of one message, oldest first; with <c>verify=true</c> also what is wrong with it.</summary>
internal sealed class GetMessageEvents(AuditTrails trails)
{
    private const string Verify = "verify";

    [Function(nameof(GetMessageEvents))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}/events")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (QueryFlag.Of(request, Verify) is not { } verifies)
        {
            return QueryFlag.Wrong(Verify);
        }

        var trail = MessageId.IsValid(id) ? await trails.FindAsync(id, cancellation) : null;
        if (trail is null || !MaySee(context.Caller(), trail))
        {
            return Problem.NotFound("message");
        }

        return new OkObjectResult(TrailView.Of(trail, verifies ? await trails.VerifyAsync(trail, cancellation) : null));
    }

    /// <summary>Events hold no contents: an auditor sees everybody's.</summary>
    private static bool MaySee(Caller? caller, AuditTrail trail) =>
        caller is not null
        && (
            caller.Is(CallerRoles.Auditor) || string.Equals(trail.Message.Caller, caller.Name, StringComparison.Ordinal)
        );
}
