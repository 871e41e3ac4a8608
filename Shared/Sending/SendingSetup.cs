using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Sending;

internal static class SendingSetup
{
    /// <summary>Adds rounds, ledger and the direct transport. Needs the rooms Messages, Smtp, Mx and Probing.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services
            .AddOptions<DeliveryOptions>()
            .BindConfiguration(DeliveryOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<DeliveryRound>()
            .AddSingleton<Ledger>()
            .AddSingleton<RangeDelivery>()
            .AddSingleton<Settlement>()
            .AddSingleton<Completion>()
            .AddSingleton<TraceField>()
            .AddSingleton<ITransport, DirectTransport>();
    }
}
