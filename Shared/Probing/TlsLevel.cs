namespace TlsOrLink.Probing;

/// <summary>What probing proved of a domain or of one MX host. The order is the order of strength from <see cref="None"/> upwards.</summary>
public enum TlsLevel
{
    /// <summary>Could not find out; try again later. Never the same as <see cref="None"/>.</summary>
    Unknown = 0,

    /// <summary>Null MX (RFC 7505) or no such domain: nothing can be delivered, not even a link.</summary>
    Undeliverable = 1,

    /// <summary>Reached, and no acceptable TLS.</summary>
    None = 2,

    /// <summary>TLS 1.2 or newer, certificate not verifiable.</summary>
    Encrypted = 3,

    /// <summary>TLS 1.2 or newer, trusted chain, name of the MX host (RFC 9525).</summary>
    Verified = 4,

    /// <summary>Proven to be the domain's host: DANE (RFC 7672) or an enforced MTA-STS policy (RFC 8461).</summary>
    Authenticated = 5,
}
