using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>One message rule, read past the cache: that of the API, else of the configuration, else the built-in one.</summary>
internal sealed class GetMessageRule(MessageRuleTable table, MessageRuleBook book)
{
    [Function(nameof(GetMessageRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/message-rules/{id}")]
            HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (MessageRuleAnswers.Refusal(context.Caller()) is { } refusal)
        {
            return refusal;
        }

        if (!MessageRuleForm.IsId(id))
        {
            return MessageRuleAnswers.Wrong("id", MessageRuleForm.IdWanted);
        }

        if (await table.FindAsync(id, cancellation) is { } stored)
        {
            return new OkObjectResult(MessageRuleView.Of(stored));
        }

        return
            MessageRuleView.All(book, []).FirstOrDefault(view => view.Rule.Id.Equals(id, StringComparison.Ordinal))
                is { } other
            ? new OkObjectResult(other)
            : Problem.NotFound("rule");
    }
}
