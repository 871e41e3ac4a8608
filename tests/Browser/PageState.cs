namespace TlsOrLink.Tests.Browser;

/// <summary>A page in a state that people can bring it to.</summary>
/// <param name="Name">Also the name of its picture in <c>docs/screenshots</c>.</param>
/// <param name="Status">HTTP status; several where it depends on what others did.</param>
/// <param name="ShowAsync">Brings it up and gives the status.</param>
internal sealed partial record PageState(string Name, int[] Status, Func<Visit, Task<int>> ShowAsync)
{
    /// <summary>Every page in every state; the order matters to nobody.</summary>
    public static readonly IReadOnlyList<PageState> All =
    [
        .. OfLinks,
        new("verify", [200], visit => visit.OpenAsync("/verify")),
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
        new("track-found", [200], visit => SearchAsync(visit, "live@partner.test")),
        new("track-none", [200], visit => SearchAsync(visit, "nobody@partner.test")),
        new("track-message", [200], visit => TrackAsync(visit, $"/{visit.World.LinkedMessage}")),
        new("track-refused", [409], RefusedActionAsync),
        new("track-certificate", [200], visit => TrackAsync(visit, $"/{visit.World.LinkedMessage}/certificate")),
        new("track-unknown", [404], visit => TrackAsync(visit, "/unknown")),
        new("contract", [200], ContractAsync),
    ];

    private static async Task<int> WrongKeyAsync(Visit visit)
    {
        await visit.OpenAsync("/signin");
        await visit.Page.FillAsync("#key", "not-a-key");
        return await visit.PressAsync("main button");
    }

    private static async Task<int> ForgottenCookieAsync(Visit visit)
    {
        await visit.OpenAsync("/signin");
        await visit.ForgetAsync();
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

    private static async Task<int> SearchAsync(Visit visit, string address)
    {
        await TrackAsync(visit, "");
        await visit.Page.FillAsync("#q", address);
        return await visit.PressAsync("main button");
    }

    /// <summary>A page that was open for long may offer what cannot be done any more.</summary>
    private static async Task<int> RefusedActionAsync(Visit visit)
    {
        await TrackAsync(visit, $"/{visit.World.LinkedMessage}");
        await visit.Page.EvaluateAsync("document.querySelector('select').options[0].text = '99999'");
        return await visit.PressAsync("button[value=extend]");
    }

    private static async Task<int> ContractAsync(Visit visit)
    {
        await visit.SignInAsync();
        return await visit.OpenAsync("/api/docs");
    }

    private static async Task<int> ReportAsync(Visit visit, string typed)
    {
        await CheckAsync(visit);
        await visit.Page.FillAsync("#typed", typed);
        return await visit.PressAsync("form.stack button");
    }
}
