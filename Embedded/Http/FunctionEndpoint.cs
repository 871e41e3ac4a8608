using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Embedded.Hosting;
using TlsOrLink.Embedded.Invocation;

namespace TlsOrLink.Embedded.Http;

/// <summary>Answers a request with a function. Logs name the function, never the path or the query: these hold tokens.</summary>
internal sealed partial class FunctionEndpoint(
    FunctionPipeline pipeline,
    DataConverter converter,
    HostSettings host,
    IOptions<EmbeddedOptions> options,
    TimeProvider clock,
    ILogger<FunctionEndpoint> logger
)
{
    public async Task Answer(HttpContext http, Function function)
    {
        if (http.Request.ContentLength > host.RequestLimitBytes)
        {
            TooLarge(logger, function.Name, host.RequestLimitBytes);
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        LimitBody(http);
        await using var frontEnd = clock.CreateTimer(
            _ => Cut(http, function),
            null,
            options.Value.FrontEndTimeout,
            Timeout.InfiniteTimeSpan
        );
        using var span = Spans.StartRequest(function, http);
        try
        {
            await Run(http, function);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Aborted(logger, function.Name);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(logger, function.Name, e);
            Fail(http);
        }
        finally
        {
            Spans.Answered(span, http);
        }
    }

    private async Task Run(HttpContext http, Function function)
    {
        var context = new InvocationContext(
            function,
            http.Request,
            http.RequestServices,
            converter,
            http.RequestAborted
        )
        {
            BindingData = http.Request.RouteValues.ToDictionary(
                v => v.Key,
                v => v.Value,
                StringComparer.OrdinalIgnoreCase
            ),
        };
        context.Items.Add(FunctionContextExtensions.HttpContextKey, http);
        switch (await pipeline.Run(context))
        {
            case IActionResult action:
                await action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult result:
                await result.ExecuteAsync(http);
                break;
            default: // A plain object is not an answer: 200 without a body, as on the real host.
                break;
        }
    }

    private void LimitBody(HttpContext http)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (
            limit is { IsReadOnly: false }
            && (limit.MaxRequestBodySize is null || limit.MaxRequestBodySize > host.RequestLimitBytes)
        )
        {
            limit.MaxRequestBodySize = host.RequestLimitBytes;
        }
    }

    private void Cut(HttpContext http, Function function)
    {
        if (!http.Response.HasStarted)
        {
            TooLong(logger, function.Name, options.Value.FrontEndTimeout);
            http.Abort();
        }
    }

    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
    private static partial void Failed(ILogger logger, string function, Exception e);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of function {Function} went away")]
    private static partial void Aborted(ILogger logger, string function);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Function {Function} had no answer after {Limit}: its request is cut"
    )]
    private static partial void TooLong(ILogger logger, string function, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to function {Function} is larger than {Limit} bytes")]
    private static partial void TooLarge(ILogger logger, string function, long limit);
}
