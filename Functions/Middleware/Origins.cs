using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Middleware;

/// <summary>Tells requests that a browser makes for another site.</summary>
internal sealed class Origins(IOptions<LinkOptions> links)
{
    /// <summary>
    /// The request comes from a page of another origin. Browsers say so in <c>Sec-Fetch-Site</c> or <c>Origin</c>, which no script can
    /// set; who sends neither is no browser of today.
    /// </summary>
    public bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site]
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin is [{ } origin] && !IsOurs(origin, request);

    private bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (
            string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || Uri.Compare(
                uri,
                links.Value.Host,
                UriComponents.SchemeAndServer,
                UriFormat.UriEscaped,
                StringComparison.OrdinalIgnoreCase
            ) == 0
        );
}
