using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Who looks at a page behind the sign-in.</summary>
internal static class Visitors
{
    public static Visitor Of(HttpRequest request, FunctionContext context, Sessions sessions)
    {
        var known = context.Known()!;
        return new Visitor(
            request.LanguageOf(MailLanguage.Ja),
            known.Caller.Name,
            sessions.TokenOf(known.Caller, known.SessionId),
            CanSignOut: known.Credential == Credential.Session
        );
    }
}
