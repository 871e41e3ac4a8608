using Microsoft.AspNetCore.Http;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Who stands before an approval page, and what may be shown.</summary>
/// <param name="Page">The page; null where the link is not ours.</param>
/// <param name="Message">The message; null where there is none.</param>
/// <param name="Approver">Whose page it is, where that one may decide now; else null.</param>
/// <param name="SignIn">How that very approver signed in; null where nobody did, or somebody else.</param>
internal sealed record ApproverVisit(
    MailLanguage Language,
    ApprovalToken? Page,
    MessageRow? Message,
    Approver? Approver,
    string? SignIn
)
{
    /// <summary>Why there is nothing to decide here; null where there is.</summary>
    public ApprovalClosed? Closed =>
        Page is null || Message is null ? ApprovalClosed.Unknown
        : Message is not { IsHeld: true, HoldKind: HoldKind.Approval } ? ApprovalClosed.Decided
        : Approver is null ? ApprovalClosed.NotYours
        : null;

    /// <summary>Where the page is.</summary>
    public string Path => ApprovalTokens.PathOf(Page!);
}

/// <summary>Finds out who stands before an approval page.</summary>
internal sealed class ApproverVisits(
    MessageTable messages,
    ApproverDirectory approvers,
    ApprovalTokens tokens,
    ApproverSessions sessions,
    CallerFinder finder,
    TimeProvider clock
)
{
    /// <exception cref="Faults.TransientFault">Storage is away.</exception>
    public async Task<ApproverVisit> OfAsync(HttpRequest request, string token, CancellationToken cancellation)
    {
        var page = tokens.Read(token);
        var message = page is null ? null : await messages.FindAsync(page.MessageId, cancellation);
        var approver = message is null
            ? null
            : approvers.For(message, clock.GetUtcNow()).FirstOrDefault(one => IsNamed(one, page!.Approver));
        return new ApproverVisit(
            request.LanguageOf(message?.Language ?? MailLanguage.Ja),
            page,
            message,
            approver,
            approver is null ? null : SignInOf(request, approver)
        );
    }

    /// <summary>The principal where the platform signs people in, else the cookie; of this approver alone.</summary>
    private string? SignInOf(HttpRequest request, Approver approver)
    {
        if (finder.HasEntra)
        {
            return
                approver.Principal is { } principal
                && finder.PrincipalNames(request).Contains(principal, StringComparer.OrdinalIgnoreCase)
                ? $"principal:{principal}"
                : null;
        }

        var cookie = SessionCookie.OfApprover(request);
        return sessions.Read(cookie) is { } name && IsNamed(approver, name) ? cookie : null;
    }

    private static bool IsNamed(Approver approver, string name) =>
        string.Equals(approver.Name, name, StringComparison.Ordinal);
}
