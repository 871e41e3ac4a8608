using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Events;

namespace TlsOrLink.Subscriptions;

internal static class SubscriptionsSetup
{
    /// <summary>Adds what pushes events to callers; before <c>AddEvents</c>, whose watch it takes the place of. Needs Storage, Dns and Messages.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services
            .AddOptions<SubscriptionsOptions>()
            .BindConfiguration(SubscriptionsOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<SecretBox>()
            .AddSingleton<SubscriptionTable>()
            .AddSingleton<SubscriptionBook>()
            .AddSingleton<IEventWatch>(provider => provider.GetRequiredService<SubscriptionBook>())
            .AddSingleton<SubscriptionDesk>()
            .AddSingleton<WebhookGuard>()
            .AddSingleton<EventPoster>()
            .AddSingleton<EventOutbox>()
            .AddSingleton<MissedEvents>()
            .AddSingleton<Notifications>();
    }
}
