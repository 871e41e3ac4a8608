namespace TlsOrLink.Tests.Browser;

/// <summary>Until when, for readers anywhere.</summary>
public sealed class TimeZoneTests(BrowserWorld world)
{
    private const string Expiry = "dd:nth-of-type(3) time";

    [Theory]
    [InlineData("en", "America/New_York", "Fri, Jan 2, 2026, 04:00 EST")]
    [InlineData("en", "Europe/Berlin", "Fri, Jan 2, 2026, 10:00 GMT+1")]
    [InlineData("ja", "Asia/Tokyo", "2026年1月2日(金) 18:00 JST")]
    [InlineData("ja", "Asia/Kolkata", "2026年1月2日(金) 14:30 GMT+5:30")]
    public async Task A_browser_with_scripts_shows_the_readers_own_time(string language, string zone, string shown)
    {
        await using var visit = await world.VisitAsync(new Viewer(language, 1280, HasScript: true) { Zone = zone });
        await visit.OpenAsync(world.Links["dated"]);

        (await visit.Page.InnerTextAsync("dd:nth-of-type(2) time")).ShouldBe(shown);
        (await visit.Page.GetAttributeAsync(Expiry, "title"))!.ShouldContain("UTC+9");
        visit.Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_follows_messages_sees_their_own_time_too()
    {
        await using var visit = await world.VisitAsync(
            new Viewer("en", 1280, HasScript: true) { Zone = "Asia/Kolkata" }
        );
        await visit.SignInAsync();
        foreach (var path in (string[])["/track", $"/track/{world.LinkedMessage}"])
        {
            await visit.OpenAsync(path);
            (await visit.Page.InnerTextAsync("main time >> nth=0")).ShouldEndWith(" GMT+5:30");
            (await visit.Page.GetAttributeAsync("main time >> nth=0", "title"))!.ShouldEndWith(" JST (UTC+9)");
        }

        visit.Complaints().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", "Fri 2 Jan 2026, 18:00 JST (UTC+9)")]
    [InlineData("ja", "2026年1月2日(金) 18:00（日本時間、UTC+9）")]
    public async Task A_browser_without_scripts_shows_Japans_time_and_says_so(string language, string shown)
    {
        await using var visit = await world.VisitAsync(
            new Viewer(language, 320, HasScript: false) { Zone = "America/New_York" }
        );
        await visit.OpenAsync(world.Links["dated"]);

        (await visit.Page.InnerTextAsync("dd:nth-of-type(2) time")).ShouldBe(shown);
    }
}
