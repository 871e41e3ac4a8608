using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Checking;

/// <summary>Registers the room.</summary>
internal static class CheckingRoom
{
    /// <summary>Adds <see cref="DomainChecks"/>; needs Callers, Routing and Verdicts.</summary>
    public static IServiceCollection AddChecking(this IServiceCollection services)
    {
        services
            .AddOptions<CheckingOptions>()
            .BindConfiguration(CheckingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<DomainChecks>();
    }
}
