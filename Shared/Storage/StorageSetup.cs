using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Health;

namespace TlsOrLink.Storage;

internal static class StorageSetup
{
    /// <summary>
    /// Adds <see cref="Azure.Data.Tables.TableServiceClient"/> (state), <see cref="Azure.Storage.Blobs.BlobServiceClient"/> (content),
    /// one <see cref="TokenCredential"/>, the due table, and the creation of tables and containers at start.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services
            .AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => StorageClients.Credential(Options(provider)));
        services.AddSingleton(provider =>
            StorageClients.Tables(Options(provider), provider.GetRequiredService<TokenCredential>)
        );
        services.AddSingleton(provider =>
            StorageClients.Blobs(Options(provider), provider.GetRequiredService<TokenCredential>)
        );
        services.AddSingleton<AddressHash>();
        services.AddSingleton<DueTable>().AddSingleton<DueBatches>();
        services.AddSingleton<IDependency, StateStorageHealth>().AddSingleton<IDependency, ContentStorageHealth>();
        services.AddSingleton<StorageStart>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageStart>());
        return services;
    }

    /// <summary>
    /// Lets tables and containers be looked for while the host is made ready: the start waits for them all the same. Settings that are wrong are left to the
    /// start, which names them.
    /// </summary>
    public static IHost BeginStorage(this IHost host)
    {
        try
        {
            host.Services.GetRequiredService<StorageStart>().Begin();
        }
        catch (OptionsValidationException)
        {
            // The host validates all settings at once and ends with every fault, not with this one alone.
        }

        return host;
    }

    private static StorageOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value;
}
