using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>One attachment of a message that waits for approval, for the approver who signed in: a 303 to a URL of some minutes.</summary>
internal sealed class ApprovalFile(
    ApproverVisits visits,
    ApprovalPages pages,
    ApproverSessions sessions,
    MessageTable messages,
    FileSas sas,
    Origins origins,
    TimeProvider clock
)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    [Function(nameof(ApprovalFile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{token}/files/{n}")] HttpRequest request,
        string token,
        string n,
        CancellationToken cancellation
    )
    {
        var visit = await visits.OfAsync(request, token, cancellation);
        var form = origins.IsForeign(request) ? null : await SmallForms.ReadAsync(request, cancellation);
        if (
            visit.Closed is not null
            || visit.SignIn is not { } signIn
            || !sessions.IsFormOf(visit.Page!, signIn, form?[Visitor.TokenField] is [{ } given] ? given : null)
        )
        {
            return new PageResult(pages.Closed(visit.Language, visit.Closed ?? ApprovalClosed.Refused));
        }

        var files = await messages.FilesAsync(visit.Message!.Id, visit.Message.Attempt, cancellation);
        return
            int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && files.FirstOrDefault(row => row.N == number) is { } file
            ? new SeeOther(await sas.IssueAsync(LinkFile.Of(file), clock.GetUtcNow() + Life, cancellation))
            : new PageResult(pages.Closed(visit.Language, ApprovalClosed.Unknown));
    }
}
