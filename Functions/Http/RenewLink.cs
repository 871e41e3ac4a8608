using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>"Send me a new link": tells the sender, once a day for each link, and extends nothing.</summary>
internal sealed class RenewLink(Renewals renewals, LinkPages pages)
{
    [Function(nameof(RenewLink))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/renew")] HttpRequest request,
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
                var address = await LinkVisits.FieldAsync(request, LinkPages.AddressField, cancellation);
                var asked = await renewals.AskAsync(known, address, cancellation);
                if (asked is { Mail: { } mail, Row: { } row })
                {
                    await OwnMailStart.StartAsync(client, mail, CancellationToken.None);
                    await renewals.NoteAsync(row, CancellationToken.None);
                }

                return new PageResult(
                    asked.IsHolder ? pages.Asked(visit, asked.Row)
                    : asked.State is LinkState.Unknown or LinkState.Revoked ? pages.Show(visit, asked.State, asked.Row)
                    : pages.Show(visit with { Fault = LinkFault.WrongAddress }, asked.State, asked.Row)
                );
            }
        );
    }
}
