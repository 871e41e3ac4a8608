using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TlsOrLink.MtaSts;

internal static class MtaStsRegistration
{
    /// <summary>Adds the policy look-up; needs <c>AddDns</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="verdicts">Gives the table <c>Verdicts</c>.</param>
    public static IServiceCollection AddMtaSts(
        this IServiceCollection services,
        Func<IServiceProvider, TableClient> verdicts
    )
    {
        services
            .AddOptions<MtaStsOptions>()
            .BindConfiguration(MtaStsOptions.Section)
            .PostConfigure<IConfiguration>(
                (options, configuration) => options.TrustBundle ??= configuration["Smtp:TrustBundle"]
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IStsFetcher, StsFetcher>();
        services.AddSingleton<IMtaStsStore>(provider => new TableStsStore(
            verdicts(provider),
            provider.GetRequiredService<ILogger<TableStsStore>>()
        ));
        return services.AddSingleton<StsLookup>();
    }
}
