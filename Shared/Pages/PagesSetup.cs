using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Pages;

internal static class PagesSetup
{
    /// <summary>Adds <see cref="LinkPages"/>. Needs the room Links.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services.AddSingleton<LinkPages>();
}
