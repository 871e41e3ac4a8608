namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>The page of an approver, from the mail on.</summary>
public sealed class ApprovalPageTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    [Fact]
    public async Task An_approver_signs_in_by_PIN_sees_everything_and_approves()
    {
        var server = await world.AddScriptedAsync("page.test");
        await world.AddScriptedAsync("linked.page.test", _ => new() { OffersStartTls = false });
        var id = (await world.Clerk.PostAsync(null, "a@page.test", "b@linked.page.test")).Id;
        var (path, browser) = (await PathAsync("boss", id), new Browser(world.App));

        var form = await browser.GetAsync(path);
        form.Status.ShouldBe(200);
        form.Html.ShouldContain(HoldApi.From);
        foreach (var secret in (string[])[HoldApi.Secret, HoldApi.FileName, "a@page.test", "Quotation"])
        {
            form.Html.ShouldNotContain(secret, Case.Sensitive, "the link alone shows nothing of the message");
        }

        var signedIn = await browser.SubmitAsync(form, "pin", HoldingWorld.Pin);
        (signedIn.Status, signedIn.Location).ShouldBe((303, path + "?lang=en"));
        signedIn.SetCookie.ShouldContain("httponly");
        signedIn.SetCookie.ShouldContain("samesite=strict");
        signedIn.SetCookie.ShouldNotContain(HoldingWorld.Pin);

        var page = await browser.GetAsync(path);
        page.Html.ShouldContain(HoldApi.Secret);
        page.Html.ShouldContain(HoldApi.FileName);
        page.Html.ShouldContain("<bdi>a@page.test</bdi> – Over TLS (cannot be taken back once sent)");
        page.Html.ShouldContain("<bdi>b@linked.page.test</bdi> – Download link");
        server.Messages.ShouldBeEmpty();
        await DownloadsAsync(browser, page);

        (await browser.SubmitAsync(page, "decision", "approve")).Status.ShouldBe(303);

        await world.Clerk.WaitAsync(id, "completed");
        server.Messages.Count.ShouldBe(1);
        (await world.Clerk.GetAsync($"/api/messages/{id}"))["hold"]!["decidedBy"]!.ToString().ShouldBe("approver:boss");
        (await browser.GetAsync(path)).Status.ShouldBe(410);
        (await browser.SubmitAsync(page, "decision", "reject")).Status.ShouldBe(410);
    }

    [Fact]
    public async Task The_sender_is_never_asked_though_named_as_an_approver()
    {
        var id = (await world.Clerk.PostAsync(null, "a@nowhere.test")).Id;
        await PathAsync("boss", id);

        world
            .Office.Messages.Where(mail => mail.Recipients.Contains(HoldApi.From))
            .ShouldAllBe(mail => !MailText.Of(mail).Contains("/approvals/", StringComparison.Ordinal));
        (await world.Clerk.DecideAsync(id, "cancel")).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Five_wrong_PINs_lock_and_a_cookie_of_one_approver_opens_no_page_of_another()
    {
        var id = (await world.Sender.PostAsync(new { approvers = (string[])["boss", "chief"] }, "a@nowhere.test")).Id;
        var (bossPath, chiefPath) = (await PathAsync("boss", id), await PathAsync("chief", id));
        var browser = new Browser(world.App);
        (await browser.SubmitAsync(await browser.GetAsync(bossPath), "pin", HoldingWorld.Pin)).Status.ShouldBe(303);

        var form = await browser.GetAsync(chiefPath);
        form.Html.ShouldNotContain(HoldApi.Secret);
        for (var i = 0; i < 5; i++)
        {
            (await browser.SubmitAsync(form, "pin", $"00000{i}")).Status.ShouldBe(401, $"attempt {i + 1}");
        }

        (await browser.SubmitAsync(form, "pin", HoldingWorld.Pin)).Status.ShouldBe(429, "the right one comes too late");
        (await browser.GetAsync(chiefPath)).Html.ShouldNotContain(HoldApi.Secret);
        (await browser.GetAsync(bossPath)).Html.ShouldContain(HoldApi.Secret, Case.Sensitive, "others are not locked");
        (await world.Sender.SeeAsync(id)).State.ShouldBe("held");
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_site_decides_nothing()
    {
        var id = (await world.Clerk.PostAsync(null, "a@nowhere.test")).Id;
        var (path, browser) = (await PathAsync("boss", id), new Browser(world.App));
        await browser.SubmitAsync(await browser.GetAsync(path), "pin", HoldingWorld.Pin);

        (await browser.SendAsync(HttpMethod.Post, path, [new("decision", "approve")])).Status.ShouldBe(403);
        (
            await browser.SendAsync(
                HttpMethod.Post,
                path,
                [new("decision", "approve"), new("anti-forgery", new string('0', 32))]
            )
        ).Status.ShouldBe(403);
        (await browser.GetAsync(path[..^4] + "0000")).Status.ShouldBe(404, "no link of ours");

        (await world.Clerk.SeeAsync(id)).State.ShouldBe("held");
        var page = await browser.GetAsync(path);
        (await browser.SubmitAsync(page, "decision", "reject")).Status.ShouldBe(303);
        await world.Clerk.WaitAsync(id, "rejected");
    }

    private async Task<string> PathAsync(string approver, string id)
    {
        var mail = await world.MailAsync($"{approver}@sender.example", $"/approvals/{id}");
        mail.Sender.ShouldBeEmpty();
        MailText.Of(mail).ShouldNotContain(HoldApi.Secret);
        return MailText.PathsOf(mail).ShouldHaveSingleItem();
    }

    private async Task DownloadsAsync(Browser browser, Browser.Seen page)
    {
        var form = page.Forms.Single(one => one.Action.Contains("/files/", StringComparison.Ordinal));
        var answer = await browser.SendAsync(HttpMethod.Post, form.Action, form.Fields);
        answer.Status.ShouldBe(303);
        using var client = world.World.Authority.NewClient();
        (await client.GetStringAsync(answer.Location)).ShouldBe("a file of its own");
        (await new Browser(world.App).SendAsync(HttpMethod.Post, form.Action, form.Fields)).Status.ShouldBe(403);
    }
}
