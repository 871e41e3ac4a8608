using TlsOrLink.Dns;

namespace TlsOrLink.Dane;

/// <summary>What the TLSA look-up of an MX host found.</summary>
internal enum DaneStatus
{
    /// <summary>No secure TLSA records: the host does not use DANE.</summary>
    NoRecords,

    /// <summary>Secure records, none usable: TLS is required, without credit (RFC 7672 section 2.2).</summary>
    Unusable,

    /// <summary>Usable records: one must match, or the host may not be used.</summary>
    Usable,

    /// <summary>Could not find out in a secure zone: the host may not be used now (RFC 7672 section 2.1.2).</summary>
    Failed,
}

/// <summary>The TLSA records of an MX host.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Records">Usable records; empty unless <see cref="DaneStatus.Usable"/>.</param>
/// <param name="BaseName">The TLSA base domain (RFC 7672 section 2.2.2): SNI, and a reference name for DANE-TA.</param>
/// <param name="Expires">When the records must be asked for anew.</param>
internal sealed record DaneRecords(
    DaneStatus Status,
    IReadOnlyList<TlsaRecord> Records,
    DnsName BaseName,
    DateTimeOffset Expires
);
