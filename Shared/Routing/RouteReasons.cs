namespace TlsOrLink.Routing;

/// <summary>Reasons that the plan adds to those of the verdict; <c>docs/tls-decision.md</c> says what each means.</summary>
public static class RouteReasons
{
    /// <summary>A host fails its own domain's MTA-STS or DANE policy: no mail of ours goes there.</summary>
    public const string PolicyFailed = "policy-failed";

    /// <summary>A domain rule rejects the domain.</summary>
    public const string RuleReject = "rule-reject";

    /// <summary>A domain rule asks for a link.</summary>
    public const string RuleForceLink = "rule-force-link";

    /// <summary>A domain rule asks for TLS, which is not there yet.</summary>
    public const string RuleRequireTls = "rule-require-tls";

    /// <summary>An internal domain, handed to the relay.</summary>
    public const string RuleInternal = "rule-internal";

    /// <summary>The sender asked for a link.</summary>
    public const string Wished = "link-wished";

    /// <summary>TLS is there, but below what the policy asks for.</summary>
    public const string BelowPolicy = "below-policy";

    /// <summary>Our port 25 is shut and no transport promises TLS.</summary>
    public const string NotObservable = "not-observable";

    /// <summary>A relay or provider promises TLS for the hop that we cannot see.</summary>
    public const string Attested = "attested";
}
