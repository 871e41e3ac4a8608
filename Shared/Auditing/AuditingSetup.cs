using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Auditing;

internal static class AuditingSetup
{
    /// <summary>Adds what reads, verifies, exports and seals the audit trail. Needs the rooms Events, Messages, Callers and Storage.</summary>
    public static IServiceCollection AddAuditing(this IServiceCollection services) =>
        services
            .AddSingleton<AuditTrails>()
            .AddSingleton<GrownMessages>()
            .AddSingleton<DayBlobs>()
            .AddSingleton<DaySealer>()
            .AddSingleton<DayVerifier>()
            .AddSingleton<PeriodEvents>();
}
