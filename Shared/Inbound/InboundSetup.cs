using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Messages;

namespace TlsOrLink.Inbound;

internal static class InboundSetup
{
    /// <summary>Adds the hook for mail that comes in; shut until it has a key. Needs the rooms Messages, Callers, Dns and Sending.</summary>
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services
            .AddOptions<InboundOptions>()
            .BindConfiguration(InboundOptions.Section)
            .ValidateDataAnnotations()
            .Validate<IOptions<CallersOptions>>(
                (inbound, callers) =>
                    inbound.Caller is not { } name
                    || callers.Value.Callers.Exists(caller =>
                        string.Equals(caller.Name, name, StringComparison.Ordinal)
                    ),
                "Inbound:Caller must be the name of a caller (Callers:n:Name), such as inbound."
            )
            .ValidateOnStart();
        return services
            .AddSingleton<InboundGate>()
            .AddSingleton<Spools>()
            .AddSingleton<DkimKeys>()
            .AddSingleton<DkimCheck>()
            .AddSingleton<AuthorProof>()
            .AddSingleton<Reports>()
            .AddSingleton<Refusals>()
            .AddSingleton<IOwnMailSource>(provider => provider.GetRequiredService<Refusals>())
            .AddSingleton<InboundLetters>()
            .AddSingleton<InboundDesk>();
    }
}
