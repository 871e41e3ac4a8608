using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The page of an approver; changes nothing, and shows the message to whoever signed in as that approver.</summary>
internal sealed class ApprovalPage(
    ApproverVisits visits,
    ApprovalPages pages,
    ApproverSessions sessions,
    MessageTable messages,
    MessageBlobs blobs,
    PlannedRoutes routes,
    CallerFinder finder,
    IOptions<HoldingOptions> options
)
{
    [Function(nameof(ApprovalPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "approvals/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellation
    )
    {
        var visit = await visits.OfAsync(request, token, cancellation);
        return new PageResult(
            visit.Closed is { } why ? pages.Closed(visit.Language, why)
            : visit.SignIn is null ? pages.SignIn(FormOf(visit, sessions, finder, status: null))
            : pages.Show(await ViewAsync(visit, cancellation))
        );
    }

    /// <summary>The sign-in before a page.</summary>
    public static ApprovalSignIn FormOf(
        ApproverVisit visit,
        ApproverSessions sessions,
        CallerFinder finder,
        int? status
    ) =>
        new(visit.Language, visit.Path, sessions.FormTokenOf(visit.Page!, signIn: ""), visit.Message!.Sender)
        {
            Status = status,
            HasEntra = finder.HasEntra,
        };

    private async Task<ApprovalView> ViewAsync(ApproverVisit visit, CancellationToken cancellation)
    {
        var message = visit.Message!;
        var found = await messages.PartitionAsync(message.Id, cancellation) ?? new MessagePartition(message, []);
        var planned = await routes.OfAsync(found, cancellation);
        return new ApprovalView(
            visit.Language,
            visit.Path,
            sessions.FormTokenOf(visit.Page!, visit.SignIn!),
            message.Sender,
            message.CreatedAt,
            HoldJudge.EndOf(message, options.Value.UnattendedLife),
            [
                .. found.Recipients.Select(row =>
                    (row.Address, planned.TryGetValue(row.Domain, out var route) ? route : (Routing.Route?)null)
                ),
            ],
            await messages.FilesAsync(message.Id, message.Attempt, cancellation),
            await BodyAsync(message, cancellation)
        );
    }

    private async Task<ReadableBody?> BodyAsync(MessageRow message, CancellationToken cancellation)
    {
        try
        {
            using var stripped = await blobs.LoadStrippedAsync(message, cancellation);
            return ReadableBody.Of(stripped);
        }
        catch (PermanentFault)
        {
            return null;
        }
    }
}
