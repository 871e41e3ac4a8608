using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Routing;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes out the rule that was put over the API; one of the configuration stays.</summary>
internal sealed class DeleteDomainRule(DomainRuleTable table, RuleBook book)
{
    [Function(nameof(DeleteDomainRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/domain-rules/{domain}")] HttpRequest request,
        string domain,
        FunctionContext context
    )
    {
        if (DomainRuleAnswers.Refusal(context.Caller()) is { } refusal)
        {
            return refusal;
        }

        if (!MailDomain.TryParse(domain, out var parsed))
        {
            return DomainRuleAnswers.Wrong(DomainRuleAnswers.NotADomain);
        }

        var deleted = await table.DeleteAsync(parsed, CancellationToken.None);
        book.Forget();
        return deleted ? new NoContentResult() : Problem.NotFound("rule");
    }
}
