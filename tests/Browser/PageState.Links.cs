namespace TlsOrLink.Tests.Browser;

/// <content>The pages behind a download link.</content>
internal sealed partial record PageState
{
    private const string Wrong = "not the code";
    private const string CodeForm = "form[action*='/code?'] button";

    private static IEnumerable<PageState> OfLinks =>
        [
            Link("landing", 200, "live"),
            Link("landing-several", 200, "several"),
            Link("landing-limited", 200, "limited"),
            new("landing-wrong-address", [400], visit => AddressAsync(visit, "limited", "li button")),
            new("landing-it", [200], visit => ForItAsync(visit, isPressed: false)),
            // The budget of all such visits may be used up by the others.
            new("landing-recheck", [200, 429], visit => ForItAsync(visit, isPressed: true)),
            Link("code", 200, "coded"),
            new("code-wrong", [403], visit => CodeAsync(visit, "coded", Wrong)),
            Link("code-locked", 403, "locked"),
            Link("code-passphrase", 200, "passphrase"),
            Link("code-mail", 200, "mailed"),
            new("code-mail-wrong-address", [400], visit => AddressAsync(visit, "mailed", MailForm)),
            new("code-mail-sent", [200], visit => AddressAsync(visit, "mailed", MailForm, "mailed@good.test")),
            new("code-mail-not-safe", [409], visit => AddressAsync(visit, "unsafe", MailForm, "unsafe@partner.test")),
            Link("link-expired", 410, "expired"),
            new("renew-wrong-address", [400], visit => AddressAsync(visit, "expired", "main button")),
            // The sender is told once a day; whoever asks again reads the same.
            new("renew-asked", [200], visit => AddressAsync(visit, "expired", "main button", "expired@partner.test")),
            Link("link-revoked", 410, "revoked"),
            Link("link-used-up", 410, "used-up"),
            Link("link-busy", 503, "busy"),
            new("link-unknown", [404], visit => visit.OpenAsync("/d/AAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ];

    private const string MailForm = "form[action*='/mail-code'] button";

    private static PageState Link(string name, int status, string state) =>
        new(name, [status], visit => visit.OpenAsync(visit.World.Links[state]));

    private static async Task<int> CodeAsync(Visit visit, string state, string code)
    {
        await visit.OpenAsync(visit.World.Links[state]);
        await visit.Page.FillAsync("#code", code);
        return await visit.PressAsync(CodeForm);
    }

    private static async Task<int> AddressAsync(
        Visit visit,
        string state,
        string button,
        string address = "somebody@else.test"
    )
    {
        await visit.OpenAsync(visit.World.Links[state]);
        await visit.Page.FillAsync("#address", address);
        return await visit.PressAsync(button);
    }

    private static async Task<int> ForItAsync(Visit visit, bool isPressed)
    {
        var status = await visit.OpenAsync(visit.World.Links["live"]);
        await visit.Page.ClickAsync("details.it summary");
        return isPressed ? await visit.PressAsync("details.it button") : status;
    }
}
