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
                (options, configuration) => configuration.GetSection(DomainRulesOptions.Section).Bind(options.Rules)
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
