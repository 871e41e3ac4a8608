using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Screening;

namespace TlsOrLink.Functions.Http;

/// <summary>All message rules, read past the cache.</summary>
internal sealed class ListMessageRules(MessageRuleTable table, MessageRuleBook book)
{
    [Function(nameof(ListMessageRules))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/message-rules")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        MessageRuleAnswers.Refusal(context.Caller())
        ?? new OkObjectResult(
            new MessageRuleListView([.. MessageRuleView.All(book, await table.ReadAllAsync(cancellation))])
        );
}

/// <summary>All message rules.</summary>
/// <param name="Rules">By id.</param>
internal sealed record MessageRuleListView(IReadOnlyList<MessageRuleView> Rules);
