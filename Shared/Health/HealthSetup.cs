using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TlsOrLink.Health;

internal static class HealthSetup
{
    /// <summary>Adds <see cref="HealthDesk"/>, which looks once at the start; what it looks at the other rooms register.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<HealthDesk>().AddHostedService<FirstLook>();

    /// <summary>
    /// Looks while the rest of the host starts: the platform asks as soon as the port is open, and then waits for less. What is found is told to
    /// whoever asks within the report's life.
    /// </summary>
    private sealed class FirstLook(HealthDesk desk) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = Task.Run(() => desk.ReportAsync(default), CancellationToken.None);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
