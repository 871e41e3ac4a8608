using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Functions.Http;

/// <summary>How a message's recipients would be reached now, by the very decision that sending makes.</summary>
internal sealed class PlannedRoutes(IVerdicts verdicts, RouteDesk routes, TimeProvider clock)
{
    private const int MaxDomains = 50;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>The route of each domain; those that are not known in time are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Route>> OfAsync(
        MessagePartition message,
        CancellationToken cancellation
    )
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var domains = message.Recipients.Select(row => row.Domain).Distinct(StringComparer.Ordinal).Take(MaxDomains);
        var found = await Task.WhenAll(
            domains.Select(async domain =>
                (Domain: domain, Route: await RouteAsync(message.Message, domain, either.Token))
            )
        );
        return found
            .Where(one => one.Route is not null)
            .ToDictionary(one => one.Domain, one => one.Route!.Value, StringComparer.Ordinal);
    }

    private async Task<Route?> RouteAsync(MessageRow message, string domain, CancellationToken within)
    {
        var parsed = MailDomain.Parse(domain);
        try
        {
            var routed = await routes.PlanAsync(
                parsed,
                () => verdicts.GetAsync(parsed, within),
                message.TlsPolicyOption,
                message.RouteOption == RouteOption.Link ? RouteWish.Link : RouteWish.Auto,
                within
            );
            return routed.Plan.Route;
        }
        catch (Exception fault) when (fault is OperationCanceledException or TransientFault)
        {
            return null;
        }
    }
}
