using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>What a verdict must show for route <c>tls</c>. Default <see cref="Verified"/>.</summary>
public enum TlsPolicy
{
    /// <summary>At least <see cref="TlsLevel.Encrypted"/>.</summary>
    Encrypted,

    /// <summary>At least <see cref="TlsLevel.Verified"/>.</summary>
    Verified,

    /// <summary>At least <see cref="TlsLevel.Authenticated"/>.</summary>
    Authenticated,
}

/// <summary>How a recipient will be reached.</summary>
public enum Route
{
    /// <summary>The message as it came in, over enforced TLS.</summary>
    Tls,

    /// <summary>The message with its attachments replaced by a download link.</summary>
    Link,

    /// <summary>Not now: the domain could not be judged; probed again on the retry schedule.</summary>
    Deferred,

    /// <summary>Not at all: the sender is told.</summary>
    Undeliverable,
}

/// <summary>The route of a domain's recipients with its reason.</summary>
/// <param name="Route">How they will be reached.</param>
/// <param name="Reason">Slug of <c>docs/tls-decision.md</c>.</param>
/// <param name="Level">For route <c>tls</c>, the level that the sending connection must reach.</param>
/// <param name="Hosts">For route <c>tls</c>, the hosts at that level in the order of use; empty also where a relay attests it.</param>
public sealed record RoutePlan(Route Route, string Reason, TlsLevel Level, IReadOnlyList<string> Hosts)
{
    /// <summary>The domain enforces a policy of its own (MTA-STS, DANE): where a host falls short of it, no mail goes there, link mail included.</summary>
    public bool PolicyEnforced { get; init; }
}
