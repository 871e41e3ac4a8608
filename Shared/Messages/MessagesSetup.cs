using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Messages;

internal static class MessagesSetup
{
    /// <summary>Adds intake, the tables of messages, and what takes messages apart and together. Needs <c>AddStorage</c> and <c>AddScreening</c>.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<IntakeOptions>, IntakeOptionsCheck>(); // before the settings, which override it
        services
            .AddOptions<IntakeOptions>()
            .BindConfiguration(IntakeOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsCheck>();
        services
            .AddOptions<UploadOptions>()
            .BindConfiguration(UploadOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<SendableOptions>()
            .BindConfiguration(SendableOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSigning()
            .AddSingleton<UploadTable>()
            .AddSingleton<UploadBlobs>()
            .AddSingleton<UploadDesk>()
            .AddSingleton<UploadClaims>()
            .AddSingleton<EventNotes>()
            .AddSingleton<Scratches>()
            .AddSingleton<ChainedWrites>()
            .AddSingleton<MessageTable>()
            .AddSingleton<Trail>()
            .AddSingleton<IndexTable>()
            .AddSingleton<IndexSearch>()
            .AddSingleton<RecentMessages>()
            .AddSingleton<MessageSearch>()
            .AddSingleton<MessageBlobs>()
            .AddSingleton<TakeOutFiles>()
            .AddSingleton<IntakeReader>()
            .AddSingleton<IntakeScreen>()
            .AddSingleton<MailedDomains>()
            .AddSingleton<IntakeWriter>();
    }
}
