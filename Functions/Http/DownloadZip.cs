using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Faults;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>All files as one ZIP, after the person pressed the button; where they are under 200 MB together.</summary>
internal sealed class DownloadZip(Presses presses, ZipDownloads zip, LinkPages pages, EventPush push)
{
    [Function(nameof(DownloadZip))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/zip")] HttpRequest request,
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
                var press = await presses.PressAsync(request, client, known, Presses.All, cancellation);
                await push.FlushAsync(client);
                return press is { IsGranted: true, Row: { } row } && ZipDownloads.Offers(row)
                    ? new ZipResult(zip, row)
                    : new PageResult(
                        pages.Show(visit.With(press), press.IsGranted ? LinkState.Unknown : press.State, press.Row)
                    );
            }
        );
    }

    private sealed class ZipResult(ZipDownloads zip, LinkRow row) : IActionResult
    {
        public async Task ExecuteResultAsync(ActionContext context)
        {
            var http = context.HttpContext;
            var name = row.Language == MailLanguage.Ja ? "添付ファイル.zip" : "attachments.zip";
            http.Response.ContentType = "application/zip";
            http.Response.Headers.ContentDisposition = ContentHeaders.Disposition(name);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            try
            {
                await zip.WriteAsync(row, http.Response.Body, http.RequestAborted);
            }
            catch (TransientFault)
            {
                // The answer has begun: cut off, it is not taken for whole.
                http.Abort();
            }
        }
    }
}
