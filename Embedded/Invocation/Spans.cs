using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Trace spans of invocations. Tags are names, route templates and outcomes, never payloads, ids of people or paths: those hold tokens.</summary>
internal static class Spans
{
    public const string SourceName = "TlsOrLink.Embedded";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A started span, also where nobody listens, so that the trace id goes on in logs and in further schedules.</summary>
    public static Activity Start(Function function, string? traceParent) =>
        Start(
                $"{function.Definition.InputBindings[function.TriggerParameter.Name!].Type} {function.Name}",
                ActivityKind.Internal,
                traceParent
            )
            .SetTag("faas.invoked_name", function.Name);

    /// <summary>
    /// The span of a request, by the semantic conventions for HTTP servers. The web server's own activity is not its parent: that one is never
    /// exported, since it holds the path. The caller's is, where the caller sent one.
    /// </summary>
    public static Activity StartRequest(Function function, HttpContext http)
    {
        var ofServer = Activity.Current;
        Activity.Current = null;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? function.Name;
        return Start(
                $"{http.Request.Method} /{route}",
                ActivityKind.Server,
                ofServer?.ParentId ?? http.Request.Headers.TraceParent
            )
            .SetTag("faas.invoked_name", function.Name)
            .SetTag("http.request.method", http.Request.Method)
            .SetTag("http.route", $"/{route}");
    }

    /// <summary>How a request ended.</summary>
    public static void Answered(Activity span, HttpContext http)
    {
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>A whole orchestration, told when it has ended: its turns are replayed, so that only its end is sure to come once.</summary>
    public static void RecordOrchestration(InstanceRecord ended, bool failed)
    {
        var isPart = ActivityContext.TryParse(ended.TraceParent, null, isRemote: false, out var parent);
        using var span = s_source.StartActivity(
            $"orchestration {ended.Name}",
            ActivityKind.Internal,
            isPart ? parent : default,
            startTime: new DateTimeOffset(DateTime.SpecifyKind(ended.CreatedAt, DateTimeKind.Utc))
        );
        span?.SetTag("faas.invoked_name", ended.Name).SetStatus(failed ? ActivityStatusCode.Error : default);
    }

    private static Activity Start(string name, ActivityKind kind, string? traceParent)
    {
        var context = ActivityContext.TryParse(traceParent, null, isRemote: false, out var parsed) ? parsed : default;
        var span =
            context == default ? s_source.StartActivity(name, kind) : s_source.StartActivity(name, kind, context);
        if (span is not null)
        {
            return span;
        }

        span = new Activity(name);
        span.SetIdFormat(ActivityIdFormat.W3C);
        if (context != default)
        {
            span.SetParentId(context.TraceId, context.SpanId, context.TraceFlags);
        }

        return span.Start();
    }
}
