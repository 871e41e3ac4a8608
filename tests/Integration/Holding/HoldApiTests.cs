using System.Net;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>Hold, release, cancel, approve and reject over the API of the real app.</summary>
public sealed class HoldApiTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    [Fact]
    public async Task A_message_that_is_held_for_minutes_waits_until_its_sender_releases_it()
    {
        var server = await world.AddScriptedAsync("minutes.test");
        var id = (await world.Sender.PostAsync(new { hold = 30 }, "a@minutes.test")).Id;

        var seen = await world.Sender.GetAsync($"/api/messages/{id}");
        ((string?)seen["state"], (string?)seen["recipients"]![0]!["state"]).ShouldBe(("held", "held"));
        var hold = seen["hold"]!;
        ((string?)hold["kind"], (string?)hold["decidedBy"]).ShouldBe(("time", null));
        ((DateTimeOffset)hold["until"]!).ShouldBe(((DateTimeOffset)seen["createdAt"]!).AddMinutes(30));
        using (var operation = await world.Sender.AskAsync($"/api/messages/{id}/operation"))
        {
            operation.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        server.Connections.ShouldBeEmpty();
        (await world.Sender.DecideAsync(id, "release")).Status.ShouldBe(202);

        await world.Sender.WaitAsync(id, "completed");
        server.Messages.ShouldHaveSingleItem().OverTls.ShouldBeTrue();
        (await world.Sender.DecideAsync(id, "release")).Status.ShouldBe(202, "the same decision, sent again");
        (await world.Sender.DecideAsync(id, "cancel")).ShouldBe((409, "not-held"));
        (await world.Sender.GetAsync($"/api/messages/{id}"))["hold"]!["decidedBy"]!.ToString().ShouldBe("caller:kit");
    }

    [Fact]
    public async Task A_message_that_is_held_until_a_moment_goes_at_that_moment_by_itself()
    {
        var server = await world.AddScriptedAsync("moment.test");
        var moment = DateTimeOffset.UtcNow.AddSeconds(4);

        var id = (await world.Sender.PostAsync(new { holdUntil = moment }, "a@moment.test")).Id;

        await world.Sender.WaitAsync(id, "completed");
        server.Messages.ShouldHaveSingleItem().At.ShouldBeGreaterThanOrEqualTo(moment);
        (await world.Sender.GetAsync($"/api/messages/{id}"))["hold"]!["decidedBy"]!.ToString().ShouldBe("service");
    }

    [Fact]
    public async Task A_message_that_is_held_until_released_can_be_cancelled_and_reaches_nobody()
    {
        var server = await world.AddScriptedAsync("manual.test");
        var id = (await world.Sender.PostAsync(new { hold = "manual" }, "a@manual.test", "b@manual.test")).Id;
        (await world.Sender.SeeAsync(id)).State.ShouldBe("held");

        (await world.Desk.DecideAsync(id, "cancel")).Status.ShouldBe(404, "another caller's");
        (await world.Sender.DecideAsync(id, "approve")).ShouldBe((403, "sender-may-not-approve"));
        (await world.Sender.DecideAsync(id, "reject")).ShouldBe((403, "sender-may-not-approve"));
        (await world.Desk.DecideAsync(id, "approve")).ShouldBe((409, "needs-release"));
        (await world.Desk.DecideAsync(id, "reject")).ShouldBe((409, "needs-release"));
        (await world.Sender.DecideAsync(id, "cancel")).ShouldBe((202, "cancelled"));

        var seen = await world.Sender.WaitForAsync(id, message => message.Recipients.All(r => r.State == "cancelled"));
        seen.State.ShouldBe("cancelled");
        (await world.Sender.DecideAsync(id, "cancel")).ShouldBe((202, "cancelled"), "sent again");
        (await world.Sender.DecideAsync(id, "release")).ShouldBe((409, "not-held"));
        using var operation = await Eventually.GetAsync(
            async () =>
                (await world.Sender.AskAsync($"/api/messages/{id}/operation")) is { StatusCode: HttpStatusCode.OK } done
                    ? done
                    : null,
            Eventually.Patience,
            () => "The operation does not end."
        );
        server.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancel_after_delivery_began_points_at_the_recall()
    {
        await world.AddScriptedAsync("late.test");
        var id = (await world.Sender.PostAsync(null, "a@late.test")).Id;
        await world.Sender.WaitAsync(id, "completed");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/messages/{id}/cancel");
        request.Headers.Add("x-functions-key", Kit.TestWorld.CallerKey);
        using var answer = await world.App.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!.ToString().ShouldContain("recall");
    }

    [Fact]
    public async Task An_approver_approves_and_the_sender_never_does_whatever_its_roles()
    {
        var server = await world.AddScriptedAsync("approve.test");
        var id = (await world.Sender.PostAsync(new { approvers = (string[])["chief"] }, "a@approve.test")).Id;

        (await world.Sender.DecideAsync(id, "approve")).ShouldBe((403, "sender-may-not-approve"));
        (await world.Sender.DecideAsync(id, "release")).ShouldBe((409, "needs-approval"));
        (await world.Clerk.DecideAsync(id, "approve")).Status.ShouldBe(404, "no approver, and not its own");
        server.Connections.ShouldBeEmpty();
        (await world.Desk.GetAsync($"/api/messages/{id}"))["state"]!.ToString().ShouldBe("held", "approvers see it");
        (await world.Desk.DecideAsync(id, "approve")).Status.ShouldBe(202);
        (await world.Desk.DecideAsync(id, "reject")).ShouldBe((409, "not-held"));

        await world.Sender.WaitAsync(id, "completed");
        server.Messages.Count.ShouldBe(1);
        (await world.Sender.GetAsync($"/api/messages/{id}"))["hold"]!["decidedBy"]!.ToString().ShouldBe("caller:desk");
        using var gone = await world.Desk.AskAsync($"/api/messages/{id}");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound, "what is decided is its sender's alone again");
    }

    [Fact]
    public async Task A_rejected_message_reaches_nobody_and_its_sender_is_told()
    {
        var server = await world.AddScriptedAsync("reject.test");
        var id = (await world.Clerk.PostAsync(null, "a@reject.test")).Id;
        (await world.Clerk.SeeAsync(id)).State.ShouldBe("held", "the policy asks for an approval by itself");

        (await world.Desk.DecideAsync(id, "reject")).ShouldBe((202, "rejected"));

        await world.Clerk.WaitForAsync(id, message => message.Recipients.All(r => r.State == "cancelled"));
        var notice = await world.MailAsync(HoldApi.From, id);
        notice.Sender.ShouldBeEmpty();
        MailText.Of(notice).ShouldContain("rejected");
        MailText.Of(notice).ShouldNotContain(HoldApi.Secret);
        server.Connections.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "hold": 5 }""", "options.hold")]
    [InlineData("""{ "hold": 0 }""", "options.hold")]
    public async Task An_option_that_is_looser_than_the_policy_is_refused_and_names_the_floor(
        string options,
        string path
    )
    {
        using var answer = await world.Careful.TryAsync(JsonNode.Parse(options), "a@nowhere.test");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        problem["type"]!.ToString().ShouldBe("policy-floor");
        problem["errors"]![path]![0]!.ToString().ShouldContain("10 minutes");
    }

    [Fact]
    public async Task A_caller_who_says_nothing_of_a_hold_is_held_by_the_policy()
    {
        var id = (await world.Careful.PostAsync(null, "a@nowhere.test")).Id;

        (await world.Careful.SeeAsync(id)).State.ShouldBe("held");
        (await world.Careful.DecideAsync(id, "cancel")).Status.ShouldBe(202);
        (await world.Careful.WaitAsync(id, "cancelled")).Recipients.ShouldHaveSingleItem();
    }
}
