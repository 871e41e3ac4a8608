using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Health;
using TlsOrLink.Messages;

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
        services
            .AddOptions<NoticesOptions>()
            .Configure<IConfiguration>((options, all) => all.Bind(options))
            .Validate(
                options => options.Notices.TrueForAll(group => group.Senders.TrueForAll(NoticeSettings.IsPattern)),
                "Notices:n:Senders:n must be an address or *@domain."
            )
            .Validate(
                options => options.Notices.TrueForAll(group => group is { Folder.Length: > 0, Senders.Count: > 0 }),
                "Notices:n needs Senders and a Folder."
            )
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LinkTable>();
        services.AddSingleton<LinkIssuer>();
        services.AddSingleton<LinkOrders>();
        services.AddSingleton<LinkMailings>();
        services.AddSingleton<PassphraseTable>();
        services.AddSingleton<LinkLocks>();
        services.AddSingleton<LinkPass>();
        services.AddSingleton<ClientBudget>();
        services.AddSingleton<CodeTries>();
        services.AddSingleton<CodeRequests>();
        services.AddSingleton<IOwnMailSource, CodeMail>();
        services.AddSingleton<LinkChanges>();
        services.AddSingleton<DelegationKey>();
        services.AddSingleton<IDependency, SigningHealth>();
        services.AddSingleton<FileSas>();
        services.AddSingleton<UploadSas>();
        services.AddSingleton<DirectLinks>();
        services.AddSingleton<FileGrants>();
        services.AddSingleton<FileSource>();
        services.AddSingleton<ZipDownloads>();
        services.AddSingleton<Renewals>();
        services.AddSingleton<LinkSeeds>();
        services.AddSingleton<Reminders>();
        services.AddSingleton<IOwnMailSource, RenewalMail>();
        services.AddSingleton<IOwnMailSource, ReminderMail>();
        services.AddSingleton<IOwnMailSource, DownloadMail>();
        services.AddSingleton<Presses>();
        services.AddSingleton<NotedPages>();
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
