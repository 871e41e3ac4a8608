using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Dane;

internal static class DaneRegistration
{
    /// <summary>Adds the TLSA look-up; needs <c>AddDns</c>.</summary>
    public static IServiceCollection AddDane(this IServiceCollection services) => services.AddSingleton<DaneLookup>();
}
