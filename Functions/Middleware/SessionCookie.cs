using Microsoft.AspNetCore.Http;

namespace TlsOrLink.Functions.Middleware;

/// <summary>Our cookies: never readable by script, never sent along from another site, only over HTTPS where we are reached by it.</summary>
internal static class SessionCookie
{
    private const string Session = "session";
    private const string SignIn = "signin";
    private const string Approver = "approver";

    // Browsers take a cookie of this prefix only from this very host over HTTPS.
    private const string HostPrefix = "__Host-";

    /// <summary>The session's cookie; null where there is none.</summary>
    public static string? Of(HttpRequest request) => request.Cookies[NameOf(Session, request)];

    /// <summary>The cookie that belongs to a sign-in form; null where there is none.</summary>
    public static string? OfSignIn(HttpRequest request) => request.Cookies[NameOf(SignIn, request)];

    /// <summary>The cookie of an approver who gave the PIN; null where there is none.</summary>
    public static string? OfApprover(HttpRequest request) => request.Cookies[NameOf(Approver, request)];

    /// <summary>Sets the cookie of an approver who gave the PIN.</summary>
    public static void SetApprover(HttpRequest request, string value, DateTimeOffset until) =>
        Append(request, Approver, value, until);

    /// <summary>Sets the session.</summary>
    public static void Set(HttpRequest request, string value, DateTimeOffset until) =>
        Append(request, Session, value, until);

    /// <summary>Sets the cookie that belongs to a sign-in form; it ends with the browser.</summary>
    public static void SetSignIn(HttpRequest request, string value) => Append(request, SignIn, value, until: null);

    /// <summary>Takes the session out of the browser.</summary>
    public static void Clear(HttpRequest request) => Append(request, Session, "", DateTimeOffset.UnixEpoch);

    /// <summary>We are reached over HTTPS, by what the front end says too.</summary>
    public static bool IsSecure(HttpRequest request) =>
        request.IsHttps
        || $"{request.Headers["X-Forwarded-Proto"]}"
            .Split(',')[0]
            .Trim()
            .Equals("https", StringComparison.OrdinalIgnoreCase);

    private static void Append(HttpRequest request, string name, string value, DateTimeOffset? until) =>
        request.HttpContext.Response.Cookies.Append(
            NameOf(name, request),
            value,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = IsSecure(request),
                SameSite = SameSiteMode.Strict,
                Path = "/",
                Expires = until,
            }
        );

    private static string NameOf(string name, HttpRequest request) => IsSecure(request) ? HostPrefix + name : name;
}
