using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Messages;

namespace TlsOrLink.Reporting;

internal static class ReportingSetup
{
    /// <summary>Adds the sender's report. Needs the rooms Messages and Sending.</summary>
    public static IServiceCollection AddReporting(this IServiceCollection services) =>
        services.AddSingleton<IOwnMailSource, ReportSource>();
}
