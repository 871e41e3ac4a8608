using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Links;

namespace TlsOrLink.Checking;

/// <summary>Registers the room.</summary>
internal static class CheckingRoom
{
    /// <summary>Adds <see cref="DomainChecks"/> and <see cref="ISecretRoutes"/>; needs Callers, Routing and Verdicts.</summary>
    public static IServiceCollection AddChecking(this IServiceCollection services)
    {
        services
            .AddOptions<CheckingOptions>()
            .BindConfiguration(CheckingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<DomainChecks>().AddSingleton<ISecretRoutes, SecretRoutes>();
    }
}
