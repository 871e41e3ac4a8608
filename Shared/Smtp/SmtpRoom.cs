using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TlsOrLink.Smtp;

/// <summary>Registers the room.</summary>
internal static class SmtpRoom
{
    /// <summary>Adds <see cref="ISmtpConnector"/> with its options. Needs the guard of the room <c>Dns</c>.</summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services
            .AddOptions<SmtpOptions>()
            .BindConfiguration(SmtpOptions.Section)
            .PostConfigure<IConfiguration>(
                (options, configuration) =>
                    options.EhloName ??= configuration["Sending:EhloName"] ?? System.Net.Dns.GetHostName()
            )
            .ValidateDataAnnotations()
            .Validate(
                options => options.TrustBundle is not { Length: > 0 } path || File.Exists(path),
                "Smtp:TrustBundle names a file that is not there: give the path of a PEM bundle or leave it out."
            )
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TrustAnchors>();
        services.TryAddSingleton<AddressLimits>();
        services.TryAddSingleton<SmtpDialler>();
        services.TryAddSingleton<ISmtpConnector, SmtpConnector>();
        return services;
    }
}
