using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Routing;

namespace TlsOrLink.Functions.Http;

/// <summary>The rules of one domain, read past the cache.</summary>
internal sealed class GetDomainRule(DomainRules configured, DomainRuleTable table)
{
    [Function(nameof(GetDomainRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/domain-rules/{domain}")]
            HttpRequest request,
        string domain,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        DomainRuleAnswers.Refusal(context.Caller()) is { } refusal ? refusal
        : !MailDomain.TryParse(domain, out var parsed) ? DomainRuleAnswers.Wrong(DomainRuleAnswers.NotADomain)
        : DomainRuleView.Of(configured.Find(parsed), await table.FindAsync(parsed, cancellation)) is { } view
            ? new OkObjectResult(view)
        : Problem.NotFound("rule");
}
