using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Callers;

internal static class CallersSetup
{
    /// <summary>Adds <see cref="CallerDirectory"/> over the list in section <c>Callers</c>, checked at start, with sessions and probe budgets. Needs the room Storage.</summary>
    public static IServiceCollection AddCallers(this IServiceCollection services)
    {
        services
            .AddOptions<CallersOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                    options.Callers.AddRange(
                        configuration
                            .GetSection(CallersOptions.Section)
                            .GetChildren()
                            // Other settings of the section stand beside the list.
                            .Where(child => child.Key.All(char.IsAsciiDigit))
                            .Select(child => child.Get<CallerSettings>() ?? new CallerSettings())
                    )
            )
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallersOptions>, CallersOptionsCheck>();
        services
            .AddOptions<ProbeBudgetOptions>()
            .BindConfiguration(ProbeBudgetOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<MessageBudgetOptions>()
            .BindConfiguration(MessageBudgetOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<SessionOptions>()
            .BindConfiguration(SessionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services
            .AddOptions<ApiAddressOptions>()
            .BindConfiguration(ApiAddressOptions.Section)
            .Validate(
                options => options.ApiAddress is null or { IsAbsoluteUri: true, Scheme: "https" or "http", Query: "" },
                "Callers:ApiAddress must be an absolute URL without query, such as https://mail-api.example.co.jp."
            )
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ProbeBudget>();
        services.AddSingleton<MessageBudget>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<CallerDirectory>();
        return services;
    }
}
