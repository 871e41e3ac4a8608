using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Scanning;

internal static class ScanningSetup
{
    /// <summary>Adds <see cref="ScanGate"/> with the scanner that is configured, options checked at start. Needs the room Messages.</summary>
    public static IServiceCollection AddScanning(this IServiceCollection services)
    {
        services
            .AddOptions<ScanningOptions>()
            .BindConfiguration(ScanningOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScanningOptions>, ScanningOptionsCheck>();
        services.AddSingleton<ClamdScanner>().AddSingleton<DefenderScanner>();
        services.AddSingleton<IScanner>(provider =>
            provider.GetRequiredService<IOptions<ScanningOptions>>().Value.By == ScanBy.Defender
                ? provider.GetRequiredService<DefenderScanner>()
                : provider.GetRequiredService<ClamdScanner>()
        );
        return services.AddSingleton<ScanGate>();
    }
}
