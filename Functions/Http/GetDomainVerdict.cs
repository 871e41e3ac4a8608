using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Checking;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>One domain's verdict with evidence; <c>?refresh=true</c> probes anew.</summary>
internal sealed class GetDomainVerdict(DomainChecks checks)
{
    private const string Refresh = "refresh";

    [Function(nameof(GetDomainVerdict))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/tls/domains/{domain}")]
            HttpRequest request,
        string domain,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (!MailDomain.TryParse(domain, out var parsed))
        {
            return CheckAnswers.Wrong(DomainRuleAnswers.NotADomain);
        }

        if (QueryFlag.Of(request, Refresh) is not { } refresh)
        {
            return CheckAnswers.Wrong(QueryFlag.Fault(Refresh));
        }

        var caller = context.Caller()!.Name;
        var outcome = refresh
            ? await checks.RefreshAsync(caller, parsed, cancellation)
            : await checks.CheckAsync(caller, [new CheckEntry(parsed.Name, parsed)], cancellation);
        return outcome switch
        {
            CheckOutcome.TooMany tooMany => CheckAnswers.TooMany(request, tooMany),
            CheckOutcome.Done { Entries: [var only] } => new OkObjectResult(
                CheckedView.Of(only, request.LanguageOf(MailLanguage.En))
            ),
            _ => throw new InvalidOperationException("A check of one domain has one answer."),
        };
    }
}
