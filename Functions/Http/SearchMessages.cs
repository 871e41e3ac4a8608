using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>The search with its terms in the body: URLs are logged, and addresses do not belong in logs.</summary>
internal sealed class SearchMessages(SearchDesk desk)
{
    private const int MaxBytes = 8192;

    [Function(nameof(SearchMessages))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages/search")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        !request.HasJsonContentType()
            ? Problem.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-content-type",
                "Send application/json with the terms, and name it in Content-Type."
            )
        : await BoundedBody.ReadAsync(request, MaxBytes, cancellation) is { } body
            ? await desk.AnswerAsync(context.Caller()!, SearchForm.Of(body), cancellation)
        : Problem.Of(
            StatusCodes.Status413PayloadTooLarge,
            "body-too-large",
            $"The body is larger than {MaxBytes} bytes. Send the terms alone."
        );
}
