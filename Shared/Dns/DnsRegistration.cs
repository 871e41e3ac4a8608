using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TlsOrLink.Health;

namespace TlsOrLink.Dns;

internal static class DnsRegistration
{
    /// <summary>Adds the resolver and the address guard.</summary>
    public static IServiceCollection AddDns(this IServiceCollection services)
    {
        services
            .AddOptions<DnsOptions>()
            .BindConfiguration(DnsOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<AddressGuardOptions>()
            .BindConfiguration(AddressGuardOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DnsExchange>();
        services.AddSingleton<DnsCache>();
        services.AddSingleton<IResolver, CachingResolver>();
        services.AddSingleton<IDependency, DnsHealth>();
        services.AddSingleton(provider => new AddressGuard(
            provider.GetRequiredService<IOptions<AddressGuardOptions>>().Value.Networks()
        ));
        return services;
    }
}
