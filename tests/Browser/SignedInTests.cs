namespace TlsOrLink.Tests.Browser;

/// <summary>What people do behind a sign-in, by clicking alone.</summary>
public sealed class SignedInTests(BrowserWorld world)
{
    [Fact]
    public async Task A_person_signs_in_checks_partners_takes_the_report_along_and_signs_out()
    {
        await using var visit = await world.VisitAsync(new Viewer("ja", 1280, HasScript: false));
        await visit.OpenAsync("/check");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/signin");
        await visit.Page.FillAsync("#key", Kit.TestWorld.CallerKey);
        (await visit.PressAsync("main button")).ShouldBe(200);
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/check");

        await visit.Page.FillAsync("#typed", "taro@good.test");
        await visit.PressAsync("form.stack button");
        (await visit.Page.InnerTextAsync("main")).ShouldContain("すべて TLS で直接届きます。");
        await visit.PressAsync("form.switch button");
        (await visit.Page.GetAttributeAsync("html", "lang")).ShouldBe("en");
        var csv = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync(".tools button"));
        csv.SuggestedFilename.ShouldBe("tls-report.csv");

        await visit.PressAsync("form.person button");
        await visit.OpenAsync("/check");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/signin");
        visit.Complaints().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("approve", "completed")]
    [InlineData("reject", "rejected")]
    public async Task An_approver_reads_the_message_takes_its_file_and_decides(string decision, string state)
    {
        var (id, path) = await world.NewApprovalAsync();
        await using var visit = await world.VisitAsync(new Viewer("en", 320, HasScript: false));
        (await visit.SignInAsync(path, BrowserWorld.Pin)).ShouldBe(200);
        (await visit.Page.InnerTextAsync("main")).ShouldContain("お見積りをお送りいたします。");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("li button"));
        (await File.ReadAllBytesAsync(await download.PathAsync())).ShouldBe(world.Content);

        (await visit.PressAsync($"button[value={decision}]")).ShouldBe(410, "there is nothing left to decide");

        await world.Clerk.WaitAsync(id, state);
        visit.Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sender_finds_a_message_extends_revokes_and_recalls_it_and_prints_the_certificate()
    {
        var path = await world.NewLinkAsync("tracked");
        await using var visit = await world.VisitAsync(new Viewer("ja", 320, HasScript: false));
        await visit.SignInAsync();
        await visit.OpenAsync("/track");
        await visit.Page.FillAsync("#q", "tracked@partner.test");
        (await visit.PressAsync("main button")).ShouldBe(200);
        (await visit.PressAsync("ul.domains a")).ShouldBe(200);
        (await visit.Page.InnerTextAsync("main")).ShouldContain("リンク送信済み");

        const string link = "p:has-text('期限')";
        var before = await visit.Page.InnerTextAsync(link);
        await visit.Page.SelectOptionAsync("select", "336");
        (await visit.PressAsync("button[value=extend]")).ShouldBe(200);
        (await visit.Page.InnerTextAsync(link)).ShouldNotBe(before);
        (await visit.PressAsync("button[value=revoke]")).ShouldBe(200);
        (await visit.Page.InnerTextAsync(link)).ShouldContain("無効");
        (await visit.PressAsync("button[value=recall]")).ShouldBe(200);
        (await visit.Page.InnerTextAsync("main")).ShouldContain("message.recalled");
        (await visit.PressAsync("a[href*=certificate]")).ShouldBe(200);
        (await visit.Page.InnerTextAsync("main")).ShouldContain("欠落も改変もありませんでした");

        (await visit.OpenAsync(path)).ShouldBe(410);
        visit.Complaints().ShouldBeEmpty();
    }
}
