using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TlsOrLink.Storage;

namespace TlsOrLink.MtaSts;

internal static class MtaStsRegistration
{
    /// <summary>Adds the policy look-up; needs <c>AddDns</c> and <c>AddStorage</c>.</summary>
    public static IServiceCollection AddMtaSts(this IServiceCollection services)
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
            provider.GetRequiredService<TableServiceClient>().GetTableClient(TableNames.Verdicts),
            new DueTable(provider.GetRequiredService<TableServiceClient>()),
            provider.GetRequiredService<ILogger<TableStsStore>>()
        ));
        return services.AddSingleton<StsLookup>();
    }
}
