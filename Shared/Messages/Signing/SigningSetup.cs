using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Messages.Signing;

internal static class SigningSetup
{
    /// <summary>Adds signatures and what else says whose mail it is; without keys nothing is signed and nothing more is read.</summary>
    public static IServiceCollection AddSigning(this IServiceCollection services)
    {
        services
            .AddOptions<DkimOptions>()
            .Configure<IConfiguration>(
                (options, configuration) => configuration.GetSection(DkimOptions.Section).Bind(options.Keys)
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<IdentityOptions>()
            .BindConfiguration(IdentityOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<Signatures>().AddSingleton<Author>().AddSingleton<BounceAddress>();
    }
}
