using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Dns;

namespace TlsOrLink.Mx;

internal static class MxRegistration
{
    /// <summary>Adds the MX look-up; needs <c>AddDns</c>.</summary>
    public static IServiceCollection AddMx(this IServiceCollection services) =>
        services.AddSingleton(provider => new MxLookup(provider.GetRequiredService<IResolver>(), Random.Shared));
}
