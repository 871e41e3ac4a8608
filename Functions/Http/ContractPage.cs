using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Contract;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Http;

/// <summary>The contract as a page.</summary>
internal sealed class ContractPage(Sessions sessions, IOptions<LinkOptions> links)
{
    [Function(nameof(ContractPage))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs")] HttpRequest request,
        FunctionContext context
    ) =>
        new PageResult(
            ReferencePage.Write(Operations.All, Visitors.Of(request, context, sessions), links.Value.CompanyName)
        );
}
