using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The access code that a person typed: the right one leads back to the page with a pass, the wrong one is counted.</summary>
internal sealed class EnterCode(CodeTries tries, LinkPass pass, LinkPages pages, TimeProvider clock)
{
    [Function(nameof(EnterCode))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/code")] HttpRequest request,
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
                var code = await LinkVisits.FieldAsync(request, LinkPages.CodeField, cancellation);
                var tried = await tries.TryAsync(known, code, Clients.AddressOf(request), cancellation);
                return tried is { Answer: CodeAnswer.Right, Row: { } row }
                    ? ToPage(request, known, row)
                    : Shown(visit, tried);
            }
        );
    }

    private PageResult Shown(LinkVisit visit, TriedCode tried)
    {
        var fault = tried.Answer switch
        {
            CodeAnswer.Over => LinkFault.None,
            CodeAnswer.TooMany => LinkFault.TooMany,
            _ => LinkFault.WrongCode,
        };
        // Whoever holds a pass and types a wrong code is asked again like everybody.
        var asked = visit with
        {
            Fault = fault,
            Pass = fault == LinkFault.None ? visit.Pass : null,
        };
        return new PageResult(pages.Show(asked, LinkJudge.StateAt(tried.Row, clock.GetUtcNow()), tried.Row));
    }

    private RedirectBack ToPage(HttpRequest request, LinkToken token, LinkRow row)
    {
        var path = pass.PathOf(token);
        if (row.Lock.IsSet)
        {
            var (value, until) = pass.Write(row);
            LinkVisits.Keep(request, value, until, path);
        }

        return new RedirectBack(
            request.Query["lang"] is ["en" or "ja"] ? $"{path}?lang={request.Query["lang"]}" : path
        );
    }

    /// <summary>303 to the page, so that going back and forth sends no code again.</summary>
    private sealed class RedirectBack(string path) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = path;
            response.Headers.CacheControl = "no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        }
    }
}
