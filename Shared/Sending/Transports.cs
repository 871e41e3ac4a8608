using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>The configured way for each purpose.</summary>
internal sealed class Transports(IServiceProvider services, IOptions<SendingOptions> options)
{
    /// <summary>The way of mail on a route; the service's own mail goes as link mail does.</summary>
    public ITransport Of(Route route) => services.GetRequiredKeyedService<ITransport>(KindOf(route));

    /// <summary>Which that is.</summary>
    public TransportKind KindOf(Route route) =>
        route == Route.Tls ? options.Value.TlsTransport : options.Value.NoticeTransport;
}
