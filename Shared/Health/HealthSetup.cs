using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Health;

internal static class HealthSetup
{
    /// <summary>Adds <see cref="HealthDesk"/>; what it looks at the other rooms register.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<HealthDesk>();
}
