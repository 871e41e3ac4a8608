using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Domains;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Routing;

namespace TlsOrLink.Functions.Http;

/// <summary>Puts a rule in place of the domain's former one. This instance uses it at once, others within a minute.</summary>
internal sealed class PutDomainRule(DomainRules configured, DomainRuleTable table, RuleBook book, TimeProvider clock)
{
    private const int MaxBytes = 4096;

    private static readonly Dictionary<string, string[]> NotJson = new(StringComparer.Ordinal)
    {
        ["$"] = ["""Must be JSON of at most 4096 bytes: { "action": "force-link" }."""],
    };

    [Function(nameof(PutDomainRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/domain-rules/{domain}")] HttpRequest request,
        string domain,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var caller = context.Caller();
        if (DomainRuleAnswers.Refusal(caller) is { } refusal)
        {
            return refusal;
        }

        if (!MailDomain.TryParse(domain, out var parsed))
        {
            return DomainRuleAnswers.Wrong(DomainRuleAnswers.NotADomain);
        }

        var body = await BoundedBody.ReadAsync(request, MaxBytes, cancellation);
        if (body is not { } bytes || Parse(bytes) is not { } json)
        {
            return DomainRuleAnswers.Wrong(NotJson);
        }

        using (json)
        {
            var form = ReadForm(parsed, json.RootElement);
            return form is null ? DomainRuleAnswers.Wrong(NotJson)
                : form.Rule is { } rule ? await PutAsync(new StoredRule(rule, caller!.Name, clock.GetUtcNow()))
                : DomainRuleAnswers.Wrong(form.Errors);
        }
    }

    /// <summary>Null where a string holds half a surrogate pair, which the parser does not look for.</summary>
    private RuleForm? ReadForm(MailDomain domain, JsonElement json)
    {
        try
        {
            return RuleForm.Read(domain, json, configured.Find(domain));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<IActionResult> PutAsync(StoredRule stored)
    {
        // The caller's going away must not leave it unknown here what was written.
        await table.PutAsync(stored, CancellationToken.None);
        book.Forget();
        return new OkObjectResult(DomainRuleView.Of(configured.Find(stored.Rule.Domain), stored));
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null; // said to the caller as a fault of the field $
        }
    }
}
