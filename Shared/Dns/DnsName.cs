using System.Diagnostics.CodeAnalysis;
using System.Net;
using TlsOrLink.Domains;

namespace TlsOrLink.Dns;

/// <summary>
/// A name that may be asked of a resolver: lower-case ASCII labels of letters, digits, hyphens and underscores, without the trailing dot.
/// Everything else (empty labels, over 253 octets, escapes) would reach the DNS library as a malformed packet or an exception.
/// </summary>
internal readonly record struct DnsName
{
    private const int MaxOctets = 253;
    private const int MaxLabelOctets = 63;

    private DnsName(string value) => Value = value;

    /// <summary>Null only for <c>default</c>, which no parser returns.</summary>
    public string Value { get; }

    /// <summary>The name reads as an IP address, as some MX records do against RFC 5321 section 5.1.</summary>
    public bool IsAddressLiteral =>
        IPAddress.TryParse(Value, out _) || Value[(Value.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);

    /// <summary>The name of a domain; every mail domain is a valid name.</summary>
    public static DnsName Of(MailDomain domain) => new(domain.Name);

    /// <summary>The name under which the PTR records of an address stand (RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
    public static DnsName OfAddress(IPAddress address) => new(address.GetArpaName().TrimEnd('.'));

    /// <summary>Parses a name of the wire or of configuration, one trailing dot allowed; false for the root too.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DnsName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxOctets + 1)
        {
            return false;
        }

        var bare = text[^1] == '.' ? text[..^1] : text;
        if (bare.Length > MaxOctets || !bare.Split('.').All(IsLabel))
        {
            return false;
        }

        name = new DnsName(bare.ToLowerInvariant());
        return true;
    }

    /// <summary>Puts labels before this name; false where the whole would be over 253 octets, so that no such record can exist.</summary>
    public bool TryPrepend(string labels, out DnsName name) => TryParse($"{labels}.{Value}", out name);

    /// <summary>The name without a trailing dot.</summary>
    public override string ToString() => Value;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelOctets && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
