using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes out the rule that was put over the API; one of the configuration, or a built-in one of the same id, counts again.</summary>
internal sealed class DeleteMessageRule(MessageRuleTable table, MessageRuleBook book)
{
    [Function(nameof(DeleteMessageRule))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/message-rules/{id}")] HttpRequest request,
        string id,
        FunctionContext context
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

        var deleted = await table.DeleteAsync(id, CancellationToken.None);
        book.Forget();
        return deleted ? new NoContentResult() : Problem.NotFound("rule");
    }
}
