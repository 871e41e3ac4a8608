using System.Net;
using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Functions.Http;

/// <summary>Network addresses of clients: counted in memory, never logged or kept.</summary>
internal static class Clients
{
    private const int Ipv4Bytes = 4;
    private const int SubnetBytes = 8;

    /// <summary>
    /// The client's address as whoever spoke to us last saw it. On the platform that is its front end, which appends the address to
    /// <c>X-Forwarded-For</c>; elsewhere a client could write anything there, and the connection counts.
    /// </summary>
    public static string AddressOf(HttpRequest request)
    {
        var isBehindFrontEnd = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME"));
        var forwarded = $"{request.Headers["X-Forwarded-For"]}".Split(',')[^1].Trim();
        return isBehindFrontEnd && forwarded.Length > 0
            ? NetworkOf(forwarded)
            : NetworkOf($"{request.HttpContext.Connection.RemoteIpAddress}");
    }

    /// <summary>
    /// What counts as one client: an IPv4 address (also where it is mapped into IPv6), or the /64 of an IPv6 address, all of which one subscriber has
    /// (RFC 6177). Pure.
    /// </summary>
    /// <param name="address">With or without a port; what is no address is given back.</param>
    public static string NetworkOf(string address)
    {
        if (!IPEndPoint.TryParse(address, out var endPoint))
        {
            return address;
        }

        var ip = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        var bytes = ip.GetAddressBytes();
        if (bytes.Length == Ipv4Bytes)
        {
            return $"{ip}";
        }

        bytes.AsSpan(SubnetBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
