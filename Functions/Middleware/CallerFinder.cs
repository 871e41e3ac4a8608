using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Middleware;

/// <summary>Finds out who calls: by key, by Entra ID principal, and on pages by the cookie of a session.</summary>
internal sealed class CallerFinder(CallerDirectory callers, Sessions sessions, IConfiguration configuration)
{
    /// <summary>The header with a caller's key.</summary>
    public const string KeyHeader = "x-functions-key";

    private const string PrincipalHeaderName = "x-ms-client-principal";

    /// <summary>The platform signs people in, and takes the principal's header away from everybody else.</summary>
    public bool HasEntra { get; } = configuration.GetValue<bool>("WEBSITE_AUTH_ENABLED");

    /// <summary>Who calls; null where nobody known does. A wrong key is not made good by anything else.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isPage">The cookie counts.</param>
    public KnownCaller? Find(HttpRequest request, bool isPage) =>
        request.Headers.TryGetValue(KeyHeader, out var key)
            ? ByKey(key)
            : ByPrincipal(request) ?? (isPage ? BySession(request) : null);

    /// <summary>Object id and user name of who the platform signed in; empty where it signed nobody in.</summary>
    public IReadOnlyList<string> PrincipalNames(HttpRequest request) =>
        HasEntra && request.Headers[PrincipalHeaderName] is [{ } header] ? PrincipalHeader.Read(header) : [];

    private KnownCaller? ByKey(StringValues key) =>
        key is [{ Length: > 0 } only] && callers.Find(only) is { } caller
            ? new KnownCaller(caller, Credential.Key)
            : null;

    private KnownCaller? ByPrincipal(HttpRequest request) =>
        PrincipalNames(request) is { Count: > 0 } names && callers.FindPrincipal([.. names]) is { } caller
            ? new KnownCaller(caller, Credential.Principal)
            : null;

    private KnownCaller? BySession(HttpRequest request) =>
        sessions.Read(SessionCookie.Of(request)) is { } session
            ? new KnownCaller(session.Caller, Credential.Session, session.Id)
            : null;
}
