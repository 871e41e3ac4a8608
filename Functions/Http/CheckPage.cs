using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>The check before sending, for a person.</summary>
internal sealed class CheckPage(CheckPages pages, Sessions sessions)
{
    [Function(nameof(CheckPage))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "check")] HttpRequest request,
        FunctionContext context
    ) => new PageResult(pages.Form(Visitors.Of(request, context, sessions), new CheckDraft("")));
}
