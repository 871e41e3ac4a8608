using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Pages;

internal static class PagesSetup
{
    /// <summary>Adds the pages for people. Needs the rooms Links and Checking.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) =>
        services
            .AddSingleton<LinkPages>()
            .AddSingleton<VerifyPages>()
            .AddSingleton<CheckPages>()
            .AddSingleton<SignInPages>()
            .AddSingleton<TrackPages>()
            .AddSingleton<CertificatePages>()
            .AddSingleton<ApprovalPages>();
}
