using System.Diagnostics;

namespace TlsOrLink.Telemetry;

/// <summary>
/// The product's own trace spans. A message's trace id is kept in its row and in the orchestration's inputs, so that one trace leads from
/// intake to the receipt on every functions host, over retries of days and restarts. Tags are ids, counts and slugs: never addresses, paths,
/// names or tokens.
/// </summary>
internal static class Traces
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "TlsOrLink";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a span where somebody listens.</summary>
    /// <param name="name">What happens, low in variety: <c>probe</c>.</param>
    /// <param name="message">The message's trace as W3C <c>traceparent</c>; null or unreadable: the trace that is current.</param>
    /// <param name="kind">Client where another system is asked.</param>
    public static Activity? Start(string name, string? message = null, ActivityKind kind = ActivityKind.Internal)
    {
        var current = Activity.Current;
        return
            ActivityContext.TryParse(message, traceState: null, isRemote: true, out var trace)
            && trace.TraceId != current?.TraceId
            ? Source.StartActivity(name, kind, trace, links: Links(current))
            : Source.StartActivity(name, kind);
    }

    /// <summary>What a row or an input keeps of the current trace; null where there is none.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;

    private static ActivityLink[]? Links(Activity? current) =>
        current is null ? null : [new ActivityLink(current.Context)];
}
