using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>The search with its terms in the URL. Addresses do not belong there: <see cref="SearchMessages"/> takes them in the body.</summary>
internal sealed class ListMessages(SearchDesk desk)
{
    [Function(nameof(ListMessages))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    ) => desk.AnswerAsync(context.Caller()!, SearchForm.Of(request.Query), cancellation);
}
