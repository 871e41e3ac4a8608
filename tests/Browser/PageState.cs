namespace TlsOrLink.Tests.Browser;

/// <summary>A page in a state that people can bring it to.</summary>
/// <param name="Name">Also the name of its picture in <c>docs/screenshots</c>.</param>
/// <param name="Status">HTTP status; several where it depends on what others did.</param>
/// <param name="ShowAsync">Brings it up and gives the status.</param>
internal sealed record PageState(string Name, int[] Status, Func<Visit, Task<int>> ShowAsync)
{
    /// <summary>Every page in every state; the order matters to nobody.</summary>
    public static readonly IReadOnlyList<PageState> All =
    [
        Link("landing", 200, "live"),
        Link("link-expired", 410, "expired"),
        Link("link-revoked", 410, "revoked"),
        Link("link-used-up", 410, "used-up"),
        Link("link-busy", 503, "busy"),
        new("link-unknown", [404], visit => visit.OpenAsync("/d/AAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        new("signin", [200], visit => visit.OpenAsync("/signin")),
        new("signin-wrong", [401], WrongKeyAsync),
        new("signin-refused", [403], ForgottenCookieAsync),
        new("check", [200], CheckAsync),
        new("check-faults", [400], visit => ReportAsync(visit, "not a domain")),
        new("check-report", [200], visit => ReportAsync(visit, "good.test 90\npartner.test 10\nnowhere.test")),
        new("approval-signin", [200], visit => visit.OpenAsync(visit.World.OtherApproval)),
        // Five wrong ones lock, whoever typed them.
        new("approval-wrong-pin", [401, 429], visit => visit.SignInAsync(visit.World.OtherApproval, "000000")),
        new("approval", [200], visit => visit.SignInAsync(visit.World.Approval, BrowserWorld.Pin)),
        new("approval-decided", [410], visit => visit.OpenAsync(visit.World.DecidedApproval)),
        new("approval-unknown", [404], visit => visit.OpenAsync("/approvals/unknown")),
        new("track", [200], visit => TrackAsync(visit, "")),
        new("track-message", [200], visit => TrackAsync(visit, $"/{visit.World.LinkedMessage}")),
        new("track-certificate", [200], visit => TrackAsync(visit, $"/{visit.World.LinkedMessage}/certificate")),
        new("track-unknown", [404], visit => TrackAsync(visit, "/unknown")),
    ];

    private static PageState Link(string name, int status, string state) =>
        new(name, [status], visit => visit.OpenAsync(visit.World.Links[state]));

    private static async Task<int> WrongKeyAsync(Visit visit)
    {
        await visit.OpenAsync("/signin");
        await visit.Page.FillAsync("#key", "not-a-key");
        return await visit.PressAsync("main button");
    }

    private static async Task<int> ForgottenCookieAsync(Visit visit)
    {
        await visit.OpenAsync("/signin");
        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.FillAsync("#key", "any");
        return await visit.PressAsync("main button");
    }

    private static async Task<int> CheckAsync(Visit visit)
    {
        await visit.SignInAsync();
        return await visit.OpenAsync("/check");
    }

    private static async Task<int> TrackAsync(Visit visit, string rest)
    {
        await visit.SignInAsync();
        return await visit.OpenAsync($"/track{rest}");
    }

    private static async Task<int> ReportAsync(Visit visit, string typed)
    {
        await CheckAsync(visit);
        await visit.Page.FillAsync("#typed", typed);
        return await visit.PressAsync("form.stack button");
    }
}
