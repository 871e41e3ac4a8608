namespace TlsOrLink.Messages;

/// <summary>State of a message.</summary>
internal enum MessageState
{
    Stored,
    Held,
    Delivering,
    Completed,
    Cancelled,
    Rejected,
    Expired,
}

/// <summary>State of one recipient.</summary>
internal enum RecipientState
{
    /// <summary>Waits for release, cancel, approve or reject.</summary>
    Held,

    /// <summary>Its domain is being asked; also the state from intake on.</summary>
    Probing,
    Sending,

    /// <summary>The receiving server said 250: not yet "read".</summary>
    Accepted,

    /// <summary>The notice with the link was accepted.</summary>
    Linked,
    Downloaded,
    Expired,
    Revoked,
    Bounced,
    Undeliverable,
    Cancelled,

    /// <summary>Will be tried again.</summary>
    Deferred,

    /// <summary>Crash or lost reply after DATA.</summary>
    Unconfirmed,
}

/// <summary>What the ledger knows of the transaction that carries a recipient's mail.</summary>
internal enum LedgerState
{
    /// <summary>Taken by ETag before DATA.</summary>
    Claimed,

    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>Crash or lost reply after DATA.</summary>
    Unconfirmed,
}

/// <summary>What the caller asked for in <c>options.route</c>.</summary>
internal enum RouteOption
{
    /// <summary>By the verdict against the policy.</summary>
    Auto,

    /// <summary>Always a link.</summary>
    Link,
}

/// <summary>Language of what the service writes to the recipients of a message.</summary>
internal enum MailLanguage
{
    /// <summary>Japanese.</summary>
    Ja,

    /// <summary>English.</summary>
    En,
}
