using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>One file, after the person pressed its button: a 303 to a URL of some minutes.</summary>
internal sealed class DownloadFile(Presses presses, LinkPages pages, EventPush push)
{
    [Function(nameof(DownloadFile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/files/{n}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string token,
        string n,
        CancellationToken cancellation
    )
    {
        var visit = LinkVisits.Of(request, token);
        return await LinkVisits.AnswerAsync(
            pages,
            visit,
            async known =>
            {
                if (!int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var file))
                {
                    return new PageResult(pages.Show(visit, LinkState.Unknown, row: null));
                }

                var press = await presses.PressAsync(request, client, known, file, cancellation);
                await push.FlushAsync(client);
                return press.Location is { } location
                    ? new SeeOther(location)
                    : new PageResult(pages.Show(visit.With(press), press.State, press.Row));
            }
        );
    }
}
