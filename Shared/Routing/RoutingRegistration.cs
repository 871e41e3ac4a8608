using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Routing;

internal static class RoutingRegistration
{
    /// <summary>Adds the settings of the route decision and the domain rules. Needs the room Storage.</summary>
    public static IServiceCollection AddRoutePlanning(this IServiceCollection services)
    {
        services
            .AddOptions<RoutingOptions>()
            .BindConfiguration(RoutingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<DomainRulesOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                    configuration
                        .GetSection(DomainRulesOptions.Section)
                        // Else an entry with a word that does not exist is left out without a sound.
                        .Bind(options.Rules, binder => binder.ErrorOnUnknownConfiguration = true)
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<DomainRules>()
            .AddSingleton<DomainRuleTable>()
            .AddSingleton<RuleBook>()
            .AddSingleton<RouteDesk>();
    }
}
