using TlsOrLink.Domains;

namespace TlsOrLink.Routing;

/// <summary>What an operator wants for a recipient domain. Can only tighten: no rule sends attachments below the TLS policy.</summary>
/// <param name="Domain">The recipient domain, exactly.</param>
/// <param name="Action">What to do with its recipients.</param>
/// <param name="Minimum">A TLS policy that holds where it is stricter than the message's own; null for none.</param>
public sealed record DomainRule(MailDomain Domain, DomainAction Action, TlsPolicy? Minimum = null);

/// <summary>Actions of a <see cref="DomainRule"/>.</summary>
public enum DomainAction
{
    /// <summary>As the verdict says; the rule gives a minimum only.</summary>
    Auto,

    /// <summary>No mail to this domain: its recipients are undeliverable.</summary>
    Reject,

    /// <summary>Always a link, whatever TLS the domain has.</summary>
    ForceLink,

    /// <summary>TLS at the policy's level or nothing: deferred, then bounced, never a link.</summary>
    RequireTls,

    /// <summary>Our own: handed to the operator's relay, never probed.</summary>
    Internal,
}
