using System.Diagnostics;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Trace spans of invocations. Tags are the function's name and trigger, never payloads, ids of people or paths.</summary>
internal static class Spans
{
    public const string SourceName = "TlsOrLink.Embedded";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A started span, also where nobody listens, so that the trace id goes on in logs and in further schedules.</summary>
    public static Activity Start(Function function, string? traceParent)
    {
        var name = $"{function.Definition.InputBindings[function.TriggerParameter.Name!].Type} {function.Name}";
        var context = ActivityContext.TryParse(traceParent, null, isRemote: false, out var parsed) ? parsed : default;
        var span =
            context == default
                ? s_source.StartActivity(name)
                : s_source.StartActivity(name, ActivityKind.Internal, context);
        if (span is null)
        {
            span = new Activity(name);
            span.SetIdFormat(ActivityIdFormat.W3C);
            if (context != default)
            {
                span.SetParentId(context.TraceId, context.SpanId, context.TraceFlags);
            }

            span.Start();
        }

        return span.SetTag("faas.invoked_name", function.Name);
    }
}
