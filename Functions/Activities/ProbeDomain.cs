using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Telemetry;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Functions.Activities;

/// <summary>The verdict of one domain, from the cache while it is fresh, and the route that follows: recorded, so that a replay decides the same.</summary>
internal sealed class ProbeDomain(IVerdicts verdicts, RouteDesk routes)
{
    [Function(nameof(ProbeDomain))]
    public async Task<RoutePlan> RunAsync([ActivityTrigger] Input input, CancellationToken cancellation)
    {
        using var span = Traces.Start("probe", input.Trace, ActivityKind.Client);
        var found = await routes.PlanAsync(
            input.Domain,
            () => verdicts.GetAsync(input.Domain, cancellation),
            input.TlsPolicy,
            input.Route == RouteOption.Link ? RouteWish.Link : RouteWish.Auto,
            cancellation
        );
        span?.SetTag(MeasureTags.Level, Measures.Word(found.Plan.Level))
            .SetTag(MeasureTags.Route, Measures.Word(found.Plan.Route));
        return found.Plan;
    }

    /// <summary>Which domain, and what the message asks for.</summary>
    /// <param name="Domain">The recipient domain.</param>
    /// <param name="TlsPolicy">A stricter policy that the caller asked for, or null.</param>
    /// <param name="Route">What the caller asked for.</param>
    /// <param name="Trace">The message's trace.</param>
    internal sealed record Input(MailDomain Domain, TlsPolicy? TlsPolicy, RouteOption Route, string? Trace = null);
}
