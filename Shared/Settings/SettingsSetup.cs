using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Settings;

internal static class SettingsSetup
{
    /// <summary>Lets the start say of wrong settings what would be right. To be called after every room has added its options.</summary>
    public static IServiceCollection AddSettingExamples(this IServiceCollection services)
    {
        var inner = services.LastOrDefault(service => service.ServiceType == typeof(IStartupValidator));
        if (inner?.ImplementationType is { } validator)
        {
            services.Remove(inner);
            services.AddTransient<IStartupValidator>(provider => new ExplainingValidator(
                (IStartupValidator)ActivatorUtilities.CreateInstance(provider, validator)
            ));
        }

        return services;
    }

    private sealed class ExplainingValidator(IStartupValidator inner) : IStartupValidator
    {
        public void Validate()
        {
            try
            {
                inner.Validate();
            }
            catch (Exception fault) when (SettingFailures.Explain(fault) is { } failures)
            {
                // Without the inner exception, whose message may repeat a value.
                throw new OptionsValidationException(Options.DefaultName, typeof(SettingsSetup), failures);
            }
        }
    }
}
