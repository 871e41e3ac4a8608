using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Dns;

/// <summary>
/// Says whether an address may be dialled. An MX record or a policy host can name any address, so each is asked here on the very
/// address dialled, after resolution (server-side request forgery).
/// </summary>
/// <param name="open">Ranges that are dialled although they are not public, for test worlds and internal mail servers.</param>
internal sealed class AddressGuard(IReadOnlyList<IPNetwork> open)
{
    /// <summary>True for a public unicast address or one of an opened range; never for an IPv4-mapped one.</summary>
    /// <remarks><see cref="IPNetwork.Contains"/> compares mapped addresses wrongly: 2000::/3 holds ::ffff:10.0.0.1 for it.</remarks>
    public bool Allows(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 && (open.Any(range => Holds(range, address)) || IsPublic(address));

    private static bool IsPublic(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? !Refused(SpecialRanges.V4, address)
            : address.ScopeId == 0 && Refused(SpecialRanges.V6Global, address) && !Refused(SpecialRanges.V6, address);

    private static bool Refused(IPNetwork[] ranges, IPAddress address) =>
        Array.Exists(ranges, range => range.Contains(address));

    private static bool Holds(IPNetwork range, IPAddress address) =>
        range.BaseAddress.AddressFamily == address.AddressFamily && range.Contains(address);
}
