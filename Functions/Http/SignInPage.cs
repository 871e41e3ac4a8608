using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Asks a person for a caller's key.</summary>
internal sealed class SignInPage(SignInPages pages, Sessions sessions, CallerFinder finder)
{
    [Function(nameof(SignInPage))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "signin")] HttpRequest request
    )
    {
        var wished = request.Query[SignInPages.ReturnField] is [{ } only] ? only : null;
        return new PageResult(pages.Form(FormFor(request, wished, sessions, finder)));
    }

    /// <summary>A new form with the cookie that belongs to it.</summary>
    public static SignInForm FormFor(HttpRequest request, string? wished, Sessions sessions, CallerFinder finder)
    {
        var id = Sessions.NewId();
        SessionCookie.SetSignIn(request, id);
        return new SignInForm(request.LanguageOf(MailLanguage.Ja), ReturnPath.Of(wished), sessions.SignInTokenOf(id))
        {
            HasEntra = finder.HasEntra,
        };
    }
}
