using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;

namespace TlsOrLink.Holding;

internal static class HoldingSetup
{
    /// <summary>Adds holds and approvers. Needs the rooms Storage, Callers, Messages and Links.</summary>
    public static IServiceCollection AddHolding(this IServiceCollection services)
    {
        services
            .AddOptions<ApproversOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                    options.Approvers.AddRange(
                        configuration
                            .GetSection(ApproversOptions.Section)
                            .GetChildren()
                            .Select(child => child.Get<ApproverSettings>() ?? new ApproverSettings())
                    )
            )
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApproversOptions>, ApproversOptionsCheck>();
        services
            .AddOptions<HoldingOptions>()
            .BindConfiguration(HoldingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<ApproverDirectory>()
            .AddSingleton<ApproverSessions>()
            .AddSingleton<ApprovalTokens>()
            .AddSingleton<PinDesk>()
            .AddSingleton<Holds>()
            .AddSingleton<Recall>()
            .AddSingleton<ApprovalMailSource>()
            .AddSingleton<IOwnMailSource>(provider => provider.GetRequiredService<ApprovalMailSource>())
            .AddSingleton<IOwnMailSource, HoldEndedSource>();
    }
}
