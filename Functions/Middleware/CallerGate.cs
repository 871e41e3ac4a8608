using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Middleware;

/// <summary>
/// Lets only known callers through to HTTP functions, save those which rest on a token of their own. A new function is closed until it is
/// named here. Other triggers pass untouched: an await of ours would break orchestrators.
/// </summary>
internal sealed class CallerGate(CallerDirectory callers, Ticket tickets) : IFunctionsWorkerMiddleware
{
    private const string KeyHeader = "x-functions-key";
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        nameof(Health),
        nameof(LandingPage),
        nameof(DownloadFile),
    };

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || Open.Contains(context.FunctionDefinition.Name))
        {
            return next(context);
        }

        if (CallerOf(http.Request) is { } caller)
        {
            context.Items[typeof(Caller)] = caller;
            return next(context);
        }

        return tickets.Opens(context.FunctionDefinition.Name, http.Request) ? next(context) : RefuseAsync(http);
    }

    private Caller? CallerOf(HttpRequest request) =>
        request.Headers.TryGetValue(KeyHeader, out var key) && key is [{ Length: > 0 } only]
            ? callers.Find(only)
            : null;

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "FunctionsKey";
        return Problem
            .Of(
                StatusCodes.Status401Unauthorized,
                "caller-unknown",
                $"Send the key of a configured caller in the header {KeyHeader}."
            )
            .WriteAsync(http);
    }
}
