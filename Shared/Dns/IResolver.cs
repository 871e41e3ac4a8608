using System.Net;

namespace TlsOrLink.Dns;

/// <summary>
/// The one resolver. Aliases are followed, at most 10 deep. Answers are cached for their time to live, negative ones per RFC 2308.
/// </summary>
/// <remarks>Each method throws <see cref="OperationCanceledException"/> when its token ends, and otherwise nothing: bad news is a value.</remarks>
internal interface IResolver
{
    /// <summary>MX records, unsorted and as published.</summary>
    Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation);

    /// <summary>
    /// A and AAAA, asked at once. <see cref="DnsStatus.Found"/> where either was found, <see cref="DnsStatus.Failed"/> where neither was and one failed.
    /// </summary>
    Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation);

    /// <summary>TXT records, the strings of each joined without a separator.</summary>
    Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation);

    /// <summary>TLSA records of the whole name, such as <c>_25._tcp.mx.example</c>.</summary>
    Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation);

    /// <summary>PTR records of an address: the host names that its owner gives it (RFC 1035 section 3.5).</summary>
    Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation);

    /// <summary>The alias at the name itself, not followed: tells whether that one step is secure (RFC 7672 section 2.2.2).</summary>
    Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation);
}
