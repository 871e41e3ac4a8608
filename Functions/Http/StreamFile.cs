using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using TlsOrLink.Faults;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The bytes of one file under our own host, by a URL of some minutes: whole, in ranges (RFC 9110 section 14), or its headers alone.</summary>
internal sealed class StreamFile(
    FileGrants grants,
    LinkTable links,
    FileSource source,
    LinkPages pages,
    TimeProvider clock
)
{
    [Function(nameof(StreamFile))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "b/{grant}")] HttpRequest request,
        string grant,
        CancellationToken cancellation
    )
    {
        var granted = grants.Read(grant);
        var row = granted is null ? null : await links.FindAsync(granted.LinkId, cancellation);
        // Used up it may be: the press that was granted was the last.
        var state = LinkJudge.StateAt(row, clock.GetUtcNow());
        var file = row?.Files.FirstOrDefault(one => one.N == granted!.N);
        if (
            file is null
            || state is not (LinkState.Live or LinkState.UsedUp)
            || await source.OpenAsync(file, source.Until, cancellation) is not { } content
        )
        {
            return new PageResult(
                pages.Show(new LinkVisit(null, null, null), state is LinkState.Live ? LinkState.Unknown : state, row)
            );
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentDisposition = ContentHeaders.Disposition(file.Name);
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        return new StreamResult(content, ContentHeaders.SafeType(file.ContentType))
        {
            EnableRangeProcessing = true,
            EntityTag = new EntityTagHeaderValue(source.ETagOf(file)),
            LastModified = row!.CreatedAt,
        };
    }

    private sealed class StreamResult(Stream content, string contentType) : FileStreamResult(content, contentType)
    {
        public override async Task ExecuteResultAsync(ActionContext context)
        {
            try
            {
                await base.ExecuteResultAsync(context);
            }
            catch (TransientFault) when (context.HttpContext.Response.HasStarted)
            {
                // Cut off, it is not taken for whole.
                context.HttpContext.Abort();
            }
        }
    }
}
