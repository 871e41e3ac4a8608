using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Sending.WebApi;

internal static class SendGridSetup
{
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>Adds the transport <c>sendgrid</c> and its webhook; without the setting nothing of it is called.</summary>
    public static IServiceCollection AddSendGrid(this IServiceCollection services)
    {
        services
            .AddOptions<SendGridOptions>()
            .BindConfiguration(SendGridOptions.Section)
            .ValidateDataAnnotations()
            .Validate<IOptions<SendingOptions>>(
                (api, sending) => api.ApiKey is { Length: > 0 } || !sending.Value.Uses(TransportKind.SendGrid),
                "SendGrid:ApiKey is missing: the key for the transport that Sending:TlsTransport or Sending:NoticeTransport names."
            )
            .ValidateOnStart();
        return services
            .AddSingleton(provider => new SendGridApi(
                new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife })
                {
                    Timeout = Timeout.InfiniteTimeSpan,
                },
                provider.GetRequiredService<IOptions<SendGridOptions>>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<SendGridTransport>()
            .AddKeyedSingleton<ITransport>(
                TransportKind.SendGrid,
                (provider, _) => provider.GetRequiredService<SendGridTransport>()
            )
            .AddHostedService(provider => provider.GetRequiredService<SendGridTransport>())
            .AddSingleton<WebhookDesk>();
    }
}
