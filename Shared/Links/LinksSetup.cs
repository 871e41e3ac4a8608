using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Health;

namespace TlsOrLink.Links;

internal static class LinksSetup
{
    /// <summary>
    /// Adds <see cref="LinkIssuer"/>, <see cref="LinkTable"/>, <see cref="Presses"/>, <see cref="FileSas"/> and <see cref="Notice"/>,
    /// with their options and templates checked at start. Needs the rooms Storage and Messages.
    /// </summary>
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services
            .AddOptions<LinkOptions>()
            .BindConfiguration(LinkOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LinkOptions>, LinkOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LinkTable>();
        services.AddSingleton<LinkIssuer>();
        services.AddSingleton<LinkOrders>();
        services.AddSingleton<LinkMailings>();
        services.AddSingleton<LinkRecipients>();
        services.AddSingleton<LinkChanges>();
        services.AddSingleton<DelegationKey>();
        services.AddSingleton<IDependency, SigningHealth>();
        services.AddSingleton<FileSas>();
        services.AddSingleton<Presses>();
        services.AddSingleton<Landings>();
        services.AddSingleton<Notice>();
        services.AddHostedService<NoticeCheck>();
        return services;
    }

    /// <summary>Makes the notice at start: a broken template stops the start and not the first link mail.</summary>
    private sealed class NoticeCheck(Notice notice) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(notice);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
