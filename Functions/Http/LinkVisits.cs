using Microsoft.AspNetCore.Http;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>What a request to a link's page says of its reader.</summary>
internal static class LinkVisits
{
    public static LinkVisit Of(HttpRequest request, string token) =>
        new(
            LinkToken.TryParse(token, out var known) ? known : null,
            request.Query["lang"] is [{ } language] ? language : null,
            request.Headers.AcceptLanguage is [{ } accepted] ? accepted : null
        );
}
