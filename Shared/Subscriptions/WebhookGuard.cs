using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Subscriptions;

/// <summary>Where notifications may go: HTTPS to public addresses; in Development HTTP and loopback too.</summary>
internal sealed class WebhookGuard(IOptions<SubscriptionsOptions> options, IHostEnvironment environment)
{
    private const int MaxUrlLength = 2048;

    private static readonly IPNetwork[] LoopbackRanges =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        new(IPAddress.IPv6Loopback, 128),
    ];

    /// <summary>Asked about the very address that is dialled.</summary>
    public AddressGuard Addresses { get; } =
        new([.. options.Value.Networks(), .. environment.IsDevelopment() ? LoopbackRanges : []]);

    /// <summary>What is wrong with a URL and what would be right; null where nothing is. A name is looked up only when it is dialled.</summary>
    public string? FaultOf(string? text)
    {
        if (text is null || text.Length > MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return "Must be an absolute URL of at most 2048 characters, such as https://hooks.example.com/tlsorlink.";
        }

        var isHttp = Is(url, Uri.UriSchemeHttp) && environment.IsDevelopment();
        return !isHttp && !Is(url, Uri.UriSchemeHttps) ? "Must begin with https://."
            : url.UserInfo.Length > 0 || url.Fragment.Length > 0
                ? "Must have no user name and no fragment: put a secret of your own into the query."
            : !text.All(char.IsAscii) || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
                ? "Must be ASCII without white space: write other characters percent-encoded, and the host in A-labels."
            : !MayBePublic(url) ? "Must name a host with a public address: notifications go nowhere else."
            : null;
    }

    private static bool Is(Uri url, string scheme) => string.Equals(url.Scheme, scheme, StringComparison.Ordinal);

    private bool MayBePublic(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var literal) ? Addresses.Allows(literal)
        : !DnsName.TryParse(url.IdnHost, out var name) || name.IsAddressLiteral ? false
        : environment.IsDevelopment()
            || options.Value.OpenRanges.Count > 0
            || (name.Value.Contains('.', StringComparison.Ordinal) && !IsInternal(name.Value));

    /// <summary>Names that no public DNS has (RFC 6761, RFC 6762, and what ICANN keeps free).</summary>
    private static bool IsInternal(string host) =>
        host.EndsWith(".localhost", StringComparison.Ordinal)
        || host.EndsWith(".local", StringComparison.Ordinal)
        || host.EndsWith(".internal", StringComparison.Ordinal);
}
