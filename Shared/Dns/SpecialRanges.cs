using System.Net;

namespace TlsOrLink.Dns;

/// <summary>Ranges that no public mail server has (IANA special-purpose registries, RFC 6890 and later).</summary>
internal static class SpecialRanges
{
    /// <summary>IPv4 ranges that are not public unicast.</summary>
    public static readonly IPNetwork[] V4 =
    [
        Range("0.0.0.0/8"), // this network, RFC 791
        Range("10.0.0.0/8"), // private, RFC 1918
        Range("100.64.0.0/10"), // carrier-grade NAT, RFC 6598
        Range("127.0.0.0/8"), // loopback
        Range("168.63.129.16/32"), // Azure's own resolver and host agent
        Range("169.254.0.0/16"), // link-local and cloud metadata, RFC 3927
        Range("172.16.0.0/12"), // private
        Range("192.0.0.0/24"), // protocol assignments, RFC 6890
        Range("192.0.2.0/24"), // documentation, RFC 5737
        Range("192.88.99.0/24"), // 6to4 relays, RFC 7526
        Range("192.168.0.0/16"), // private
        Range("198.18.0.0/15"), // benchmarking, RFC 2544
        Range("198.51.100.0/24"), // documentation
        Range("203.0.113.0/24"), // documentation
        Range("224.0.0.0/4"), // multicast
        Range("240.0.0.0/4"), // reserved and broadcast
    ];

    /// <summary>
    /// The only IPv6 range in which public unicast addresses are given out (RFC 4291, IANA). Outside it lie loopback, unspecified,
    /// link-local, site-local, unique local with <c>fd00:ec2::254</c>, multicast, the IPv4-mapped and IPv4-compatible forms and both
    /// NAT64 prefixes (RFC 6052, RFC 8215).
    /// </summary>
    public static readonly IPNetwork[] V6Global = [Range("2000::/3")];

    /// <summary>Ranges within <see cref="V6Global"/> that are not public unicast.</summary>
    public static readonly IPNetwork[] V6 =
    [
        Range("2001::/23"), // protocol assignments: Teredo, benchmarking, ORCHID
        Range("2001:db8::/32"), // documentation, RFC 3849
        Range("2002::/16"), // 6to4: any IPv4 address can be embedded, RFC 3056
        Range("3ffe::/16"), // 6bone, given back, RFC 3701
        Range("3fff::/20"), // documentation, RFC 9637
    ];

    private static IPNetwork Range(string text) => IPNetwork.Parse(text);
}
