using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Checking;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// The recipient's IT department has changed something and looks again: probes the recipient's own domain anew, within the budget of all such
/// visits and of the visitor.
/// </summary>
internal sealed class RecheckDomain(
    LinkTable links,
    MessageTable messages,
    DomainChecks checks,
    ClientBudget clients,
    LinkPages pages,
    TimeProvider clock
)
{
    /// <summary>In place of a caller's name, none of which has a colon: all visits share one budget of probes.</summary>
    private const string Budget = "recheck:";

    [Function(nameof(RecheckDomain))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/recheck")] HttpRequest request,
        string token,
        CancellationToken cancellation
    )
    {
        var visit = LinkVisits.Of(request, token);
        return await LinkVisits.AnswerAsync(
            pages,
            visit,
            async known =>
            {
                var row = await links.FindAsync(known.LinkId, cancellation);
                var state = LinkJudge.StateAt(row, clock.GetUtcNow());
                return
                    state == LinkState.Live
                    && await messages.RecipientsAsync(row!.MessageId, row.Attempt, row.N, 1, cancellation)
                        is [{ } recipient]
                    && MailDomain.TryParse(recipient.Domain, out var domain)
                    ? await CheckAsync(request, visit, row, domain, cancellation)
                    : new PageResult(pages.Show(visit, state, row));
            }
        );
    }

    private async Task<IActionResult> CheckAsync(
        HttpRequest request,
        LinkVisit visit,
        LinkRow row,
        MailDomain domain,
        CancellationToken cancellation
    )
    {
        var isWithin =
            clients.TryTake(Counted.Rechecks, Clients.AddressOf(request))
            && clients.TryTake(Counted.Rechecks, row.LinkId);
        var outcome = isWithin ? await checks.RefreshAsync(Budget, domain, cancellation) : null;
        var answer = outcome is CheckOutcome.Done { Entries: [var only] } ? only.Answer : null;
        var language = Languages.Choose(visit.ChosenLanguage, visit.AcceptLanguage, row.Language);
        return new PageResult(pages.Rechecked(visit, row, answer is null ? null : RecheckHtml.Of(answer, language)));
    }
}
