using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Middleware;

/// <summary>
/// Lets only known callers through to HTTP functions, save those which rest on a token of their own. A new function is closed until it is
/// named here. Other triggers pass untouched: an await of ours would break orchestrators.
/// </summary>
internal sealed class CallerGate(
    CallerFinder finder,
    Ticket tickets,
    Sessions sessions,
    Origins origins,
    SignInPages pages
) : IFunctionsWorkerMiddleware
{
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        nameof(Health),
        nameof(LandingPage),
        nameof(DownloadFile),
        nameof(SendGridEvents),
        nameof(TakeInboundMail),
        nameof(DownloadZip),
        nameof(EnterCode),
        nameof(MailCode),
        nameof(RenewLink),
        nameof(RecheckDomain),
        nameof(StreamFile),
        nameof(VerifyPage),
        nameof(SignInPage),
        nameof(SignIn),
        // Approvers are no callers: these ask for a sign-in of their own.
        nameof(ApprovalPage),
        nameof(DecideApproval),
        nameof(ApprovalFile),
    };

    /// <summary>For people: the cookie of a session counts, and whoever is not signed in is sent to the sign-in.</summary>
    private static readonly HashSet<string> ForPeople = new(StringComparer.Ordinal)
    {
        nameof(CheckPage),
        nameof(ContractPage),
        nameof(CheckPartners),
        nameof(SignOut),
        nameof(TrackPage),
        nameof(TrackedMessagePage),
        nameof(TrackAction),
        nameof(CertificatePage),
    };

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition.Name;
        if (context.GetHttpContext() is not { } http || Open.Contains(function))
        {
            return next(context);
        }

        var isPage = ForPeople.Contains(function);
        if (finder.Find(http.Request, isPage) is { } known)
        {
            context.Items[typeof(KnownCaller)] = known;
            return known.IsAmbient && IsUnsafe(http.Request)
                ? GuardAsync(context, http, known, isPage, next)
                : next(context);
        }

        return tickets.Opens(function, http.Request) ? next(context)
            : isPage ? ToSignInAsync(http)
            : RefuseAsync(http);
    }

    /// <summary>What a browser sends by itself proves nothing: another site's request is refused, and a form must be one that we gave to this person.</summary>
    private async Task GuardAsync(
        FunctionContext context,
        HttpContext http,
        KnownCaller known,
        bool isPage,
        FunctionExecutionDelegate next
    )
    {
        if (origins.IsForeign(http.Request) || (isPage && !await HasTokenAsync(http.Request, known)))
        {
            await ForgedAsync(http, isPage);
            return;
        }

        await next(context);
    }

    private async Task<bool> HasTokenAsync(HttpRequest request, KnownCaller known) =>
        await SmallForms.ReadAsync(request, request.HttpContext.RequestAborted) is { } form
        && form[Visitor.TokenField] is [{ } token]
        && Sessions.Same(token, sessions.TokenOf(known.Caller, known.SessionId));

    private static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private Task ForgedAsync(HttpContext http, bool isPage) =>
        isPage
            ? ExecuteAsync(new PageResult(pages.Refused(http.Request.LanguageOf(MailLanguage.Ja))), http)
            : Problem
                .Of(
                    StatusCodes.Status403Forbidden,
                    "other-origin",
                    "A page of another site may not call this on behalf of a person who is signed in."
                )
                .WriteAsync(http);

    private static Task ToSignInAsync(HttpContext http)
    {
        var wished = IsUnsafe(http.Request) ? null : $"{http.Request.Path}{http.Request.QueryString}";
        return ExecuteAsync(new LocalRedirect($"/signin?return={Uri.EscapeDataString(ReturnPath.Of(wished))}"), http);
    }

    private static Task ExecuteAsync(IActionResult result, HttpContext http) =>
        result.ExecuteResultAsync(new ActionContext { HttpContext = http });

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "FunctionsKey";
        return Problem
            .Of(
                StatusCodes.Status401Unauthorized,
                "caller-unknown",
                $"Send the key of a configured caller in the header {CallerFinder.KeyHeader}."
            )
            .WriteAsync(http);
    }
}
