using TlsOrLink.Health;

namespace TlsOrLink.Dns;

/// <summary>A resolver answers.</summary>
internal sealed class DnsHealth(IResolver resolver) : IDependency
{
    /// <summary>Any answer will do, "no such name" too (RFC 6761 section 6.4: it never exists).</summary>
    private static readonly DnsName Asked = DnsName.TryParse("health.invalid", out var name) ? name : default;

    public string Name => "dns";

    public string Remedy =>
        "Set Dns:Servers to resolvers that the app reaches (over TCP unless Dns:UseTcp is false). Without DNS nothing is probed or sent; "
        + "mail waits.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        var answer = await resolver.FindTextAsync(Asked, cancellation);
        return answer switch
        {
            { Status: not DnsStatus.Failed } => DependencyFinding.Fine("A resolver answers."),
            // One for some zones only refuses all else.
            { Failure: DnsFailures.Refused } => new DependencyFinding(
                DependencyStatus.Degraded,
                "The resolver refuses to answer for all names.",
                Remedy
            ),
            _ => new DependencyFinding(DependencyStatus.Failing, $"No resolver answers ({answer.Failure}).", Remedy),
        };
    }
}
