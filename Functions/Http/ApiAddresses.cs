using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Http;

/// <summary>Absolute addresses of the API in its answers: Logic Apps follows no other.</summary>
internal sealed class ApiAddresses(Ticket tickets, IOptions<ApiAddressOptions> options)
{
    private const string ForwardedScheme = "X-Forwarded-Proto";

    /// <summary>Where the message can be followed.</summary>
    /// <param name="request">That which is answered.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="isBounded">The wait ends early; see <see cref="BoundedWait"/>.</param>
    public string OperationOf(HttpRequest request, string id, bool isBounded) =>
        $"{BaseOf(request)}{tickets.LocationOf(id)}{(isBounded ? "&bounded=true" : "")}";

    /// <summary>Where a subscription can be read and removed.</summary>
    public string SubscriptionOf(HttpRequest request, string id) => $"{BaseOf(request)}/api/subscriptions/{id}";

    /// <summary>
    /// The setting; else the host that the caller named itself. Only the scheme is taken from a proxy: what ends TLS speaks HTTP to us,
    /// and another host name would come from nobody who is known.
    /// </summary>
    private string BaseOf(HttpRequest request) =>
        options.Value.ApiAddress is { } address ? address.AbsoluteUri.TrimEnd('/')
        : request.Host.HasValue ? $"{SchemeOf(request)}://{request.Host.ToUriComponent()}"
        : "";

    private static string SchemeOf(HttpRequest request) =>
        request.IsHttps || request.Headers[ForwardedScheme] is ["https"] ? "https" : "http";
}
