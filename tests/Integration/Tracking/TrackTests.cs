using System.Net;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Tracking;

/// <summary>The pages that follow messages, for a person with a browser that runs no script.</summary>
public sealed class TrackTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    [Fact]
    public async Task Shows_ones_own_messages_and_nobody_elses()
    {
        var mine = (await world.Sender.PostAsync(new { hold = "manual" }, "own@nowhere.test")).Id;
        var other = (await world.Careful.PostAsync(null, "other@nowhere.test")).Id;
        var browser = await SignInAsync();

        var list = await browser.GetAsync("/track?lang=en");
        list.Html.ShouldContain($"/track/{mine}");
        list.Html.ShouldNotContain(other);
        (await browser.GetAsync("/track?q=own@nowhere.test")).Html.ShouldContain(mine);
        (await browser.GetAsync("/track?q=nobody@nowhere.test")).Html.ShouldNotContain(mine);
        (await browser.GetAsync($"/track?q={other}")).Html.ShouldNotContain($"/track/{other}");
        (await browser.GetAsync($"/track/{mine}")).Html.ShouldContain("own@nowhere.test");
        foreach (var path in (string[])[$"/track/{other}", $"/track/{other}/certificate", "/track/unknown"])
        {
            (await browser.GetAsync(path)).Status.ShouldBe(404, path);
        }

        (await new Browser(world.App).GetAsync($"/track/{mine}")).Location.ShouldStartWith("/signin?return=");
    }

    [Fact]
    public async Task Cancels_what_is_held_by_a_form_of_ours_alone()
    {
        var id = (await world.Sender.PostAsync(new { hold = "manual" }, "held@nowhere.test")).Id;
        var browser = await SignInAsync();
        var page = await browser.GetAsync($"/track/{id}?lang=en");

        (await browser.SendAsync(HttpMethod.Post, $"/track/{id}", [new("action", "cancel")])).Status.ShouldBe(403);
        (await world.Sender.SeeAsync(id)).State.ShouldBe("held");
        (await browser.SubmitAsync(page, "action", "cancel")).Status.ShouldBe(303);

        await world.Sender.WaitAsync(id, "cancelled");
        (await browser.GetAsync($"/track/{id}?lang=en")).Html.ShouldContain("message.cancelled");
    }

    [Fact]
    public async Task Certifies_a_delivery_with_its_evidence_and_the_head_of_each_chain()
    {
        await world.AddScriptedAsync("certified.test");
        var id = (await world.Sender.PostAsync(null, "a@certified.test")).Id;
        await world.Sender.WaitAsync(id, "completed");
        var trail = await world.Sender.GetAsync($"/api/messages/{id}/events");

        var page = WebUtility.HtmlDecode(
            (await (await SignInAsync()).GetAsync($"/track/{id}/certificate?lang=en")).Html
        );

        page.ShouldContain("a@certified.test");
        page.ShouldContain("TLSv1.3");
        page.ShouldContain("nothing is missing or changed");
        foreach (var head in trail["heads"]!.AsArray())
        {
            page.ShouldContain((string)head!["mac"]!);
        }
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = new Browser(world.App);
        var form = await browser.GetAsync("/signin");
        (await browser.SubmitAsync(form, "key", TestWorld.CallerKey)).Status.ShouldBe(303);
        return browser;
    }
}
