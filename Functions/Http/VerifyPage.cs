using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>How to check a link, for whoever got one.</summary>
internal sealed class VerifyPage(VerifyPages pages)
{
    [Function(nameof(VerifyPage))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "verify")] HttpRequest request
    ) => new PageResult(pages.Show(request.LanguageOf(MailLanguage.Ja)));
}
