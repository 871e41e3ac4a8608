using System.Text.Json.Serialization;
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
/// <param name="Level">The level of the verdict that the plan rests on, or what the transport promises where nothing was observed.</param>
/// <param name="Hosts">The hosts that may be used, in the order of use; empty where any MX host will do.</param>
public sealed record RoutePlan(Route Route, string Reason, TlsLevel Level, IReadOnlyList<string> Hosts)
{
    /// <summary>The domain enforces a policy of its own (MTA-STS, DANE): where a host falls short of it, no mail goes there, link mail included.</summary>
    public bool PolicyEnforced { get; init; }

    /// <summary>The domain could not be judged: whether it publishes a policy must be asked when a host is reached.</summary>
    public bool PolicyUnknown { get; init; }

    /// <summary>A rule forbids links: who cannot get the message by TLS waits for it, and is given up in the end.</summary>
    public bool NeverLink { get; init; }

    /// <summary>What the sending connection must reach. Below <see cref="TlsLevel.Encrypted"/>, which only link mail can have, anything will do.</summary>
    [JsonIgnore]
    public TlsLevel RequiredLevel =>
        Route == Route.Tls ? Level
        : PolicyEnforced ? TlsLevel.Encrypted // a host that fails the policy is judged below this
        : TlsLevel.None;

    /// <summary>The plan for those who cannot get the message as it is after all.</summary>
    public RoutePlan ToLink() => this with { Route = Route.Link, Hosts = [] };
}
