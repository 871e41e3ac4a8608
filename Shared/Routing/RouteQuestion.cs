using TlsOrLink.Probing;

namespace TlsOrLink.Routing;

/// <summary>All that a route is decided from.</summary>
/// <param name="Verdict">What probing found; null for an internal domain, which is not probed.</param>
/// <param name="Policy">The TLS policy of the message: the operator's, tightened by the caller.</param>
public sealed record RouteQuestion(TlsVerdict? Verdict, TlsPolicy Policy)
{
    /// <summary>The rule of the recipient domain, or null.</summary>
    public DomainRule? Rule { get; init; }

    /// <summary>What the caller asked for. Default <see cref="RouteWish.Auto"/>.</summary>
    public RouteWish Wish { get; init; }

    /// <summary>What becomes of a domain that cannot be judged now. Default <see cref="OnUnreachable.Defer"/>.</summary>
    public OnUnreachable OnUnreachable { get; init; }

    /// <summary>Our own port 25 is shut, as the canary hosts show.</summary>
    public bool EgressBlocked { get; init; }

    /// <summary>
    /// The level that an enforcing relay or provider promises for its onward hop, never more than <see cref="TlsLevel.Verified"/>; null
    /// where there is none.
    /// </summary>
    public TlsLevel? Attested { get; init; }

    /// <summary>Route <c>tls</c> leaves by a relay or provider: what we observe of a domain counts only as far as that one promises as much.</summary>
    public bool ByOthers { get; init; }
}

/// <summary><c>options.route</c> of a message.</summary>
public enum RouteWish
{
    /// <summary>As the verdict and the policy say.</summary>
    Auto,

    /// <summary>A link although TLS would do.</summary>
    Link,
}

/// <summary>Setting <c>Routing:OnUnreachable</c>.</summary>
public enum OnUnreachable
{
    /// <summary>Try again later: a host that is down takes no link mail either, and may have perfect TLS.</summary>
    Defer,

    /// <summary>Send a link at once.</summary>
    Link,
}
