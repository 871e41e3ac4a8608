using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Telemetry;

internal static class TelemetrySetup
{
    /// <summary>Checks <see cref="TelemetryOptions"/> at start; who exports is the functions host's affair.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services
            .AddOptions<TelemetryOptions>()
            .BindConfiguration(TelemetryOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}
