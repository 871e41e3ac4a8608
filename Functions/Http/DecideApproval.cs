using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Events;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The forms of an approver's page: the sign-in by PIN, and the decision of whoever signed in. The link alone decides nothing.</summary>
internal sealed class DecideApproval(
    ApproverVisits visits,
    ApprovalPages pages,
    ApproverSessions sessions,
    PinDesk pins,
    HoldDecisions decisions,
    Origins origins,
    CallerFinder finder
)
{
    [Function(nameof(DecideApproval))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{token}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string token,
        CancellationToken cancellation
    )
    {
        var visit = await visits.OfAsync(request, token, cancellation);
        if (visit.Closed is { } why)
        {
            return Closed(visit, why);
        }

        var form = origins.IsForeign(request) ? null : await SmallForms.ReadAsync(request, cancellation);
        if (
            form is null
            || !sessions.IsFormOf(visit.Page!, visit.SignIn ?? "", form[Visitor.TokenField] is [{ } t] ? t : null)
        )
        {
            return Closed(visit, ApprovalClosed.Refused);
        }

        if (visit.SignIn is null)
        {
            return await SignInAsync(
                request,
                visit,
                form[ApprovalPages.PinField] is [{ } pin] ? pin : "",
                cancellation
            );
        }

        var decision = form[ApprovalPages.DecisionField] switch
        {
            [ApprovalPages.Approve] => Decision.Approve,
            [ApprovalPages.Reject] => Decision.Reject,
            _ => (Decision?)null,
        };
        if (decision is { } made)
        {
            await decisions.DecideAsync(
                client,
                visit.Message!.Id,
                made,
                EventActors.Approver(visit.Approver!.Name),
                cancellation
            );
        }

        return new LocalRedirect($"{visit.Path}?lang={Links.Languages.Tag(visit.Language)}");
    }

    private async Task<IActionResult> SignInAsync(
        HttpRequest request,
        ApproverVisit visit,
        string pin,
        CancellationToken cancellation
    )
    {
        if (finder.HasEntra)
        {
            return new PageResult(pages.SignIn(ApprovalPage.FormOf(visit, sessions, finder, status: 403)));
        }

        var answer = pin.Length == 0 ? PinAnswer.Wrong : await pins.CheckAsync(visit.Approver!, pin, cancellation);
        if (answer != PinAnswer.Right)
        {
            var status = answer == PinAnswer.Wrong ? 401 : 429;
            return new PageResult(pages.SignIn(ApprovalPage.FormOf(visit, sessions, finder, status)));
        }

        var (cookie, until) = sessions.Open(visit.Approver!.Name);
        SessionCookie.SetApprover(request, cookie, until);
        return new LocalRedirect($"{visit.Path}?lang={Links.Languages.Tag(visit.Language)}");
    }

    private PageResult Closed(ApproverVisit visit, ApprovalClosed why) => new(pages.Closed(visit.Language, why));
}
