using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages.Signing;

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
        return services
            .AddSigning()
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
