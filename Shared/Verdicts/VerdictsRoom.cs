using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Verdicts;

/// <summary>Registers the room.</summary>
internal static class VerdictsRoom
{
    /// <summary>Adds <see cref="IVerdicts"/>; needs Probing and Storage.</summary>
    public static IServiceCollection AddVerdicts(this IServiceCollection services)
    {
        services
            .AddOptions<VerdictsOptions>()
            .BindConfiguration(VerdictsOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new VerdictStore(
            Table(provider),
            new DueTable(provider.GetRequiredService<TableServiceClient>()),
            provider.GetRequiredService<ILogger<VerdictStore>>()
        ));
        services.TryAddSingleton(provider => new ProbeLeases(
            Table(provider),
            provider.GetRequiredService<IOptions<VerdictsOptions>>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.TryAddSingleton<SharedProbe>();
        services.TryAddSingleton<IVerdicts, VerdictCache>();
        return services;
    }

    private static TableClient Table(IServiceProvider provider) =>
        provider.GetRequiredService<TableServiceClient>().GetTableClient(TableNames.Verdicts);
}
