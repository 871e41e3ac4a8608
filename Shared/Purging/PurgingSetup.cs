using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Purging;

internal static class PurgingSetup
{
    /// <summary>
    /// Adds <see cref="ExpiredPurge"/>, <see cref="OpenMessages"/> and <see cref="ContentDue"/>, options checked at start. Needs the
    /// rooms Storage, Messages and Links.
    /// </summary>
    public static IServiceCollection AddPurging(this IServiceCollection services)
    {
        services
            .AddOptions<PurgingOptions>()
            .BindConfiguration(PurgingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PurgingOptions>, PurgingOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ContentDue>().AddSingleton<BlobSweep>().AddSingleton<RowSweep>();
        services.AddSingleton<EndingReader>().AddSingleton<EndingBlobs>().AddSingleton<ExpiredRecipients>();
        services.AddSingleton<OpenMessages>().AddSingleton<PurgeSlices>().AddSingleton<ExpiredPurge>();
        // In this order: a link that ends may leave a tombstone that is due at once, and a message's content is due before its rows.
        services.AddSingleton<IDuePurge, MessagePurge>();
        services.AddSingleton<IDuePurge, TombstonePurge>();
        services.AddSingleton<IDuePurge, AuditPurge>();
        services.AddSingleton<IDuePurge, VerdictPurge>();
        services.AddSingleton<IDuePurge, UploadPurge>();
        return services;
    }
}
