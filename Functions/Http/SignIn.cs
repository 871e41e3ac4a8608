using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes a caller's key once and opens a session, whose cookie does not hold the key.</summary>
internal sealed class SignIn(
    SignInPages pages,
    Sessions sessions,
    CallerDirectory callers,
    Origins origins,
    CallerFinder finder
)
{
    [Function(nameof(SignIn))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signin")] HttpRequest request,
        CancellationToken cancellation
    )
    {
        // A stranger's form is not even read.
        var isOurs = !origins.IsForeign(request);
        var form = isOurs ? await SmallForms.ReadAsync(request, cancellation) : null;
        if (
            form is null
            || SessionCookie.OfSignIn(request) is not { } id
            || !Sessions.Same(form[Visitor.TokenField], sessions.SignInTokenOf(id))
        )
        {
            return new PageResult(pages.Refused(request.LanguageOf(MailLanguage.Ja)));
        }

        var wished = form[SignInPages.ReturnField] is [{ } path] ? path : null;
        if (form[SignInPages.KeyField] is not [{ Length: > 0 } key] || callers.Find(key.Trim()) is not { } caller)
        {
            var again = SignInPage.FormFor(request, wished, sessions, finder);
            return new PageResult(pages.Form(again with { Failed = true }));
        }

        var session = sessions.Open(caller);
        SessionCookie.Set(request, sessions.Write(session), session.Until);
        return new LocalRedirect(ReturnPath.Of(wished));
    }
}
