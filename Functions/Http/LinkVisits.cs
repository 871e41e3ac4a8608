using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Faults;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>What a request to a link's page says of its reader.</summary>
internal static class LinkVisits
{
    private const string Cookie = "pass";

    // Browsers take a cookie of this prefix only over HTTPS.
    private const string SecurePrefix = "__Secure-";

    public static LinkVisit Of(HttpRequest request, string token) =>
        new(
            LinkToken.TryParse(token, out var known) ? known : null,
            request.Query["lang"] is [{ } language] ? language : null,
            request.Headers.AcceptLanguage is [{ } accepted] ? accepted : null
        )
        {
            Pass = request.Cookies[NameOf(request)],
        };

    /// <summary>
    /// Answers a visit: what can be no token has the page of an unknown link, and while storage is away the page says so.
    /// </summary>
    /// <param name="answer">Given the token.</param>
    public static async Task<IActionResult> AnswerAsync(
        LinkPages pages,
        LinkVisit visit,
        Func<LinkToken, Task<IActionResult>> answer
    )
    {
        if (visit.Token is not { } known)
        {
            return new PageResult(pages.Show(visit, LinkState.Unknown, row: null));
        }

        try
        {
            return await answer(known);
        }
        catch (TransientFault)
        {
            return new PageResult(pages.Busy(visit));
        }
    }

    /// <summary>What the person shows with a press.</summary>
    public static async Task<PressProof> ProofAsync(HttpRequest request, CancellationToken cancellation) =>
        new(request.Cookies[NameOf(request)], await FieldAsync(request, LinkPages.AddressField, cancellation))
        {
            Signs = SignsOf(request),
        };

    /// <summary>What the request shows of whoever makes it.</summary>
    public static ReaderSigns SignsOf(HttpRequest request)
    {
        var headers = request.Headers;
        return new ReaderSigns(
            HttpMethods.IsHead(request.Method),
            $"{headers.UserAgent}",
            $"{headers["Sec-Purpose"]} {headers["Purpose"]} {headers["X-Moz"]}",
            headers.AcceptLanguage.Count > 0
        )
        {
            IsNavigation =
                headers["Sec-Fetch-User"] is ["?1"]
                || (headers["Sec-Fetch-Mode"] is ["navigate"] && headers["Sec-Fetch-Dest"] is ["document"]),
        };
    }

    /// <summary>One field of a posted form; null where absent.</summary>
    public static async Task<string?> FieldAsync(HttpRequest request, string name, CancellationToken cancellation) =>
        await SmallForms.ReadAsync(request, cancellation) is { } form && form[name] is [{ } value] ? value : null;

    /// <summary>Lets the browser keep the pass for the link's own path: never readable by script, never sent along from another site.</summary>
    public static void Keep(HttpRequest request, string pass, DateTimeOffset until, string path) =>
        request.HttpContext.Response.Cookies.Append(
            NameOf(request),
            pass,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = SessionCookie.IsSecure(request),
                SameSite = SameSiteMode.Strict,
                Path = path,
                Expires = until,
            }
        );

    private static string NameOf(HttpRequest request) =>
        SessionCookie.IsSecure(request) ? SecurePrefix + Cookie : Cookie;
}
