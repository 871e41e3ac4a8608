using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Middleware;

/// <summary>
/// Answers 503 where storage is away: callers try again by themselves. Only HTTP functions are awaited here; an await of ours would break
/// orchestrators.
/// </summary>
internal sealed partial class FaultAnswers(ILogger<FaultAnswers> logger) : IFunctionsWorkerMiddleware
{
    private const string RetryAfterSeconds = "10";

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http ? AnswerAsync(context, http, next) : next(context);

    private async Task AnswerAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (TransientFault fault) when (!http.Response.HasStarted)
        {
            LogAway(context.FunctionDefinition.Name, fault.Message);
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problem
                .Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "try-again-later",
                    "Storage does not answer. Nothing was kept; send the same request again."
                )
                .WriteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} answered 503: {Cause}")]
    private partial void LogAway(string function, string cause);
}
