using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending.WebApi;
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
        services
            .AddOptions<RelayOptions>()
            .BindConfiguration(RelayOptions.Section)
            .Validate<IOptions<SendingOptions>>(
                (relay, sending) => !string.IsNullOrEmpty(relay.Host) || !sending.Value.Uses(TransportKind.Relay),
                "Relay:Host is missing: the smart host that Sending:TlsTransport or Sending:NoticeTransport names."
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<RowsInHand>()
            .AddSingleton<DeliveryRound>()
            .AddSingleton<Ledger>()
            .AddSingleton<ClaimedTransaction>()
            .AddSingleton<RangeDelivery>()
            .AddSingleton<Settlement>()
            .AddSingleton<Completion>()
            .AddSingleton<TraceField>()
            .AddKeyedSingleton<ITransport, DirectTransport>(TransportKind.Direct)
            .AddKeyedSingleton<ITransport, RelayTransport>(TransportKind.Relay)
            .AddSendGrid()
            .AddSingleton<Transports>()
            .AddSingleton<IAttestation, TransportAttestation>()
            .AddSingleton<IOwnMailSource, BounceSource>()
            .AddSingleton<IOwnMailSender, OwnMailSender>();
    }
}
