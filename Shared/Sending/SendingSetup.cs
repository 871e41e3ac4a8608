using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Smtp;

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
        services
            .AddOptions<SendingOptions>()
            .BindConfiguration(SendingOptions.Section)
            .PostConfigure<IOptions<SmtpOptions>>(
                (sending, smtp) => sending.OwnAddress ??= $"mailer-daemon@{smtp.Value.EhloName}"
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<DeliveryRound>()
            .AddSingleton<Ledger>()
            .AddSingleton<ClaimedTransaction>()
            .AddSingleton<RangeDelivery>()
            .AddSingleton<Settlement>()
            .AddSingleton<Completion>()
            .AddSingleton<TraceField>()
            .AddSingleton<ITransport, DirectTransport>()
            .AddSingleton<IOwnMailSource, BounceSource>()
            .AddSingleton<IOwnMailSender, OwnMailSender>();
    }
}
