using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

internal static class CallersSetup
{
    /// <summary>Adds <see cref="CallerDirectory"/> over the list in section <c>Callers</c>, checked at start.</summary>
    public static IServiceCollection AddCallers(this IServiceCollection services)
    {
        services
            .AddOptions<CallersOptions>()
            .Configure<IConfiguration>(
                (options, configuration) => configuration.GetSection(CallersOptions.Section).Bind(options.Callers)
            )
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallersOptions>, CallersOptionsCheck>();
        services.AddSingleton<CallerDirectory>();
        return services;
    }
}
