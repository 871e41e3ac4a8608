using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Functions.Http;

/// <summary>Network addresses of clients: counted in memory, never logged or kept.</summary>
internal static class Clients
{
    /// <summary>
    /// The client's address as whoever spoke to us last saw it. On the platform that is its front end, which appends the address to
    /// <c>X-Forwarded-For</c>; elsewhere a client could write anything there, and the connection counts.
    /// </summary>
    public static string AddressOf(HttpRequest request)
    {
        var isBehindFrontEnd = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME"));
        var forwarded = $"{request.Headers["X-Forwarded-For"]}".Split(',')[^1].Trim();
        return isBehindFrontEnd && forwarded.Length > 0
            ? WithoutPort(forwarded)
            : $"{request.HttpContext.Connection.RemoteIpAddress}";
    }

    private static string WithoutPort(string address) =>
        System.Net.IPEndPoint.TryParse(address, out var endPoint) ? $"{endPoint.Address}" : address;
}
