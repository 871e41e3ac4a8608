using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Holding;

/// <summary>
/// Approvers who gave their PIN. The cookie says who and until when, under a MAC that covers the configured PIN hash, so that a new PIN ends
/// every session; the PIN is not in it.
/// </summary>
internal sealed class ApproverSessions(
    AddressHash hash,
    IOptions<HoldingOptions> options,
    IOptions<ApproversOptions> approvers,
    TimeProvider clock
)
{
    private const string CookiePurpose = "approver-cookie";
    private const string FormPurpose = "approver-form";
    private const int MaxCookie = 200;

    /// <summary>A cookie for an approver who signed in now, and when it ends.</summary>
    public (string Cookie, DateTimeOffset Until) Open(string approver)
    {
        var end = clock.GetUtcNow() + options.Value.SessionLife;
        var until = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return ($"{approver}.{until}.{Mac(approver, until)}", end);
    }

    /// <summary>Who signed in with this cookie; null where it is not ours or has ended.</summary>
    public string? Read(string? cookie) =>
        cookie is { Length: > 0 and <= MaxCookie }
        && cookie.Split('.') is [var approver, var until, var mac]
        && Same(mac, Mac(approver, until))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && clock.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(seconds)
            ? approver
            : null;

    /// <summary>What the forms of a page must carry: of one link, and one sign-in (empty before it).</summary>
    public string FormTokenOf(ApprovalToken page, string signIn) => hash.For(FormPurpose, page.Text, signIn);

    /// <summary>The form is one of that page and sign-in.</summary>
    public bool IsFormOf(ApprovalToken page, string signIn, string? given) =>
        given is not null && Same(given, FormTokenOf(page, signIn));

    private string Mac(string approver, string until) => hash.For(CookiePurpose, approver, until, PinHashOf(approver));

    private string PinHashOf(string approver) =>
        approvers.Value.Approvers.Find(one => string.Equals(one.Name, approver, StringComparison.Ordinal))?.PinHash
        ?? "";

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
