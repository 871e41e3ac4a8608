using System.Globalization;
using System.Net;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>What a validating resolver makes of a zone.</summary>
public enum ZoneSecurity
{
    /// <summary>Plain answers, never AD.</summary>
    Unsigned,

    /// <summary>Signed, with a trust anchor: AD.</summary>
    Signed,

    /// <summary>Signed, then altered: SERVFAIL for the types in <see cref="Zone.BogusTypes"/>.</summary>
    Bogus,

    /// <summary>Signed, with a trust anchor of another key, as with a wrong DS: SERVFAIL for everything.</summary>
    WrongKey,

    /// <summary>Nobody serves it: SERVFAIL for everything.</summary>
    Failing,

    /// <summary>Questions are swallowed: the client's time runs out.</summary>
    Silent,
}

/// <summary>A zone as plain records in the presentation format of RFC 1035, relative names allowed.</summary>
/// <example><c>new Zone("tls.test", "@ MX 10 mx", "mx A 127.0.0.2") { Security = ZoneSecurity.Signed }</c></example>
public sealed record Zone(string Name, params IReadOnlyList<string> Records)
{
    public ZoneSecurity Security { get; init; }

    /// <summary>What is altered in a bogus zone: by default every type of a mail domain.</summary>
    public IReadOnlyCollection<string> BogusTypes { get; init; } = ["MX", "A", "AAAA", "TXT", "TLSA", "CNAME"];

    /// <summary>Seconds for records that do not give their own.</summary>
    public int Ttl { get; init; } = 300;

    /// <summary>A domain with one MX host, <c>mx.NAME</c>, at the address.</summary>
    public static Zone Mail(string name, IPAddress address) => new(name, "@ MX 10 mx", Host("mx", address));

    /// <summary>An A or AAAA record.</summary>
    public static string Host(string name, IPAddress address) =>
        $"{name} {(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "AAAA" : "A")} {address}";

    /// <summary>A TLSA record for the world's SMTP port (RFC 7672).</summary>
    public static string Tlsa(int port, string host, int usage, int selector, int matching, string hex) =>
        string.Create(CultureInfo.InvariantCulture, $"_{port}._tcp.{host} TLSA {usage} {selector} {matching} {hex}");

    internal bool IsSigned => Security is ZoneSecurity.Signed or ZoneSecurity.Bogus or ZoneSecurity.WrongKey;

    internal bool HasData => IsSigned || Security is ZoneSecurity.Unsigned;

    /// <summary>The records under their own origin, without SOA.</summary>
    internal string Body => $"$ORIGIN {Name}.\n$TTL {Ttl}\n{string.Join('\n', Records)}\n";

    /// <summary>The records as a zone of its own; the SOA's minimum is the life of negative answers.</summary>
    internal string File =>
        $"$ORIGIN {Name}.\n$TTL {Ttl}\n@ SOA ns hostmaster 1 3600 600 86400 {Ttl}\n@ NS ns\nns A 127.0.0.1\n{Body}";
}
