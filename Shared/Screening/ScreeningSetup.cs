using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Screening;

internal static class ScreeningSetup
{
    /// <summary>Adds the rules on messages. Needs the room Storage.</summary>
    public static IServiceCollection AddScreening(this IServiceCollection services)
    {
        services
            .AddOptions<ScreeningOptions>()
            .BindConfiguration(ScreeningOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<MessageRulesOptions>()
            .Configure<IConfiguration>(
                (options, configuration) => configuration.GetSection(MessageRulesOptions.Section).Bind(options.Rules)
            )
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MessageRulesOptions>, MessageRulesOptionsCheck>();
        return services
            .AddSingleton<MessageRuleTable>()
            .AddSingleton<MessageRuleBook>()
            .AddSingleton<KnownDomains>()
            .AddSingleton<MessageScreen>();
    }
}

/// <summary>Checks the rules of the configuration at start.</summary>
internal sealed class MessageRulesOptionsCheck(IOptions<ScreeningOptions> screening)
    : IValidateOptions<MessageRulesOptions>
{
    public ValidateOptionsResult Validate(string? name, MessageRulesOptions options)
    {
        List<string> wrong = [];
        foreach (var _ in options.Read(screening.Value.Groups.Keys, wrong.Add)) { }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
