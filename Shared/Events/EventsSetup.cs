using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Events;

internal static class EventsSetup
{
    /// <summary>Adds the key of the audit trail.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services
            .AddOptions<EventsOptions>()
            .BindConfiguration(EventsOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventsOptions>, EventsOptionsCheck>();
        services.TryAddSingleton<IEventWatch, NoWatch>();
        return services.AddSingleton<ChainKey>();
    }
}
