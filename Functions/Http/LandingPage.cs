using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The page behind a download link; changes nothing but the audit trail.</summary>
internal sealed class LandingPage(
    LinkTable links,
    LinkPages pages,
    Landings landings,
    EventPush push,
    TimeProvider clock
)
{
    [Function(nameof(LandingPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "d/{token}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
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
                // Of a dead link nothing is noted: that its page costs more than another's would tell what it was.
                if (state == LinkState.Live)
                {
                    await landings.NoteAsync(row!, LinkVisits.SignsOf(request), cancellation);
                    await push.FlushAsync(client);
                }

                return new PageResult(pages.Show(visit, state, row));
            }
        );
    }
}
