namespace TlsOrLink.Sending;

/// <summary>Reasons that sending adds to those of the plan; <c>docs/tls-decision.md</c> says what each means.</summary>
internal static class SendingReasons
{
    /// <summary>The server answered with a permanent refusal; its words stand in <c>lastReply</c>.</summary>
    public const string Refused = "refused-by-server";

    /// <summary>The server asks to come back later; its words stand in <c>lastReply</c>.</summary>
    public const string Deferred = "deferred-by-server";

    /// <summary>The connection ended between the end of the message and the server's answer.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The relay's certificate is not valid for its name: it learns neither secret nor message.</summary>
    public const string RelayUntrusted = "relay-untrusted";

    /// <summary>The relay offers no TLS, refuses who we are, or cannot be reached.</summary>
    public const string RelayFailed = "relay-failed";

    /// <summary>The provider's form would lose something of the message (a signature, a calendar): it goes behind a link.</summary>
    public const string NotCarried = "not-carried";

    /// <summary>Given up, and no attempt said why; where one did, its reason stays.</summary>
    public const string GivenUp = "given-up";
}
