using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>The configured way for each purpose.</summary>
internal sealed class Transports(IServiceProvider services, IOptions<SendingOptions> options)
{
    /// <summary>The way of mail on a route; the service's own mail goes as link mail does.</summary>
    public ITransport Of(Route route) => services.GetRequiredKeyedService<ITransport>(KindOf(route));

    /// <summary>
    /// Connects by the way of <paramref name="route"/>. The last gate before attachments, whatever the transport: on route <c>tls</c> nothing comes out that
    /// shows or promises less than the plan asks for, which may have been made under other settings.
    /// </summary>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    public async Task<Opening> OpenAsync(
        Route route,
        MailDomain domain,
        RoutePlan plan,
        IReadOnlySet<string> tried,
        CancellationToken cancellation
    )
    {
        var opening = await Of(route).OpenAsync(domain, plan, tried, cancellation);
        if (opening is not Opening.Ready ready || route != Route.Tls || ready.Evidence.Level >= plan.RequiredLevel)
        {
            return opening;
        }

        await ready.Session.DisposeAsync();
        return new Opening.Shortfall(RouteReasons.NotObservable);
    }

    /// <summary>Which that is.</summary>
    public TransportKind KindOf(Route route) =>
        route == Route.Tls ? options.Value.TlsTransport : options.Value.NoticeTransport;
}
