using Microsoft.Extensions.Options;
using TlsOrLink.Health;

namespace TlsOrLink.Probing;

/// <summary>Port 25 is open for us, as far as the canaries show it.</summary>
internal sealed class EgressHealth(Egress egress, IOptions<ProbingOptions> options) : IDependency
{
    public string Name => "port-25";

    public string Remedy =>
        "Mail to MX hosts waits until it is open: on Azure it needs VNet integration and a subscription that allows it (Enterprise Agreement). "
        + "Or send by a relay on port 587. See docs/operations.md, port-25-blocked.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        if (options.Value.Canaries.Count == 0)
        {
            return new DependencyFinding(
                DependencyStatus.Unknown,
                "Not looked at.",
                "Set Probing:Canaries to at least three mail servers of different operators."
            );
        }

        return await egress.IsBlockedAsync()
            ? new DependencyFinding(DependencyStatus.Degraded, "No canary mail server can be reached.", Remedy)
            : DependencyFinding.Fine("Canary mail servers can be reached.");
    }
}
