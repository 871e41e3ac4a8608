using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Callers;
using TlsOrLink.Events;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The forms of a message's page: what the API's routes do, for a person. The gate has seen to the form's token.</summary>
internal sealed class TrackAction(
    TrackPages pages,
    TrackedMessages tracked,
    HoldDecisions decisions,
    Recalls recalls,
    LinkChanges changes,
    Sessions sessions
)
{
    private static readonly int MaxHours = (int)LinkOptions.MaxLife.TotalHours;

    [Function(nameof(TrackAction))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "track/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var visitor = Visitors.Of(request, context, sessions);
        if (
            await SmallForms.ReadAsync(request, cancellation) is not { } form
            || await tracked.FindAsync(visitor, id, cancellation) is not { } found
        )
        {
            return new PageResult(pages.Unknown(visitor));
        }

        var actor = EventActors.Caller(visitor.Name);
        var isDone = $"{form[TrackActions.ActionField]}" switch
        {
            TrackActions.Cancel => await CancelAsync(client, id, actor, cancellation),
            // The person's going away must not leave the change half made.
            TrackActions.Recall => await recalls.RecallAsync(
                client,
                found.Found.Message,
                context.Caller()!,
                CancellationToken.None
            )
                is not null,
            TrackActions.Revoke => LinkOf(form, found) is { } link
                && await changes.RevokeAsync(link, actor, CancellationToken.None) is { Change: LinkChange.Done },
            TrackActions.Extend => LinkOf(form, found) is { } link
                && HoursOf(form) is { } hours
                && await changes.ExtendAsync(link, TimeSpan.FromHours(hours), actor, CancellationToken.None)
                    is { Change: LinkChange.Done },
            _ => false,
        };
        return isDone
            ? new LocalRedirect($"{TrackPages.PathOf(found.Found.Message)}?lang={Languages.Tag(visitor.Language)}")
            : new PageResult(pages.Show(found with { IsRefused = true }));
    }

    private async Task<bool> CancelAsync(
        DurableTaskClient client,
        string id,
        string actor,
        CancellationToken cancellation
    )
    {
        var (ruling, _) = await decisions.DecideAsync(client, id, Decision.Cancel, actor, cancellation);
        return ruling is Ruling.Done or Ruling.Repeated;
    }

    /// <summary>A link of this very message, or null.</summary>
    private static string? LinkOf(IFormCollection form, TrackedMessage found) =>
        form[TrackActions.LinkField] is [{ } link] && found.Links.ContainsKey(link) ? link : null;

    private static int? HoursOf(IFormCollection form) =>
        int.TryParse(form[TrackActions.HoursField], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
        && hours >= 1
        && hours <= MaxHours
            ? hours
            : null;
}
