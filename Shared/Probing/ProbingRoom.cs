using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TlsOrLink.Health;

namespace TlsOrLink.Probing;

/// <summary>Registers the room.</summary>
internal static class ProbingRoom
{
    /// <summary>Adds <see cref="IDomainProber"/>, <see cref="IConnectionJudge"/> and <see cref="Egress"/>; needs Smtp, Mx, MtaSts, Dane and Dns.</summary>
    public static IServiceCollection AddProbing(this IServiceCollection services)
    {
        services
            .AddOptions<ProbingOptions>()
            .BindConfiguration(ProbingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostSightings>();
        services.TryAddSingleton<HostProber>();
        services.TryAddSingleton<Egress>();
        services.AddSingleton<IDependency, EgressHealth>().AddSingleton<IDependency, EhloHealth>();
        services.TryAddSingleton<IConnectionJudge, ConnectionJudge>();
        services.TryAddSingleton<IDomainProber, DomainProber>();
        return services;
    }
}
