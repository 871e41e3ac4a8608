using System.Net;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>Recall in every state of a message, through the real app.</summary>
public sealed class RecallTests(RecallTests.PatientWorld world) : IClassFixture<RecallTests.PatientWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task A_held_message_is_cancelled()
    {
        var server = await world.AddScriptedAsync("held.test");
        var id = (await world.Sender.PostAsync(new { hold = "manual" }, "a@held.test")).Id;

        var recall = await world.Sender.RecallAsync(id);

        recall.State.ShouldBe("cancelled");
        recall.Of["a@held.test"].ShouldBe(("cancelled", 0));
        (await world.Sender.RecallAsync(id)).Of["a@held.test"].ShouldBe(("cancelled", 0), "recalled twice");
        using (var other = await world.Clerk.AskAsync($"/api/messages/{id}"))
        {
            other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        server.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deferred_recipient_is_cancelled_and_one_that_was_reached_cannot_be()
    {
        await world.AddScriptedAsync("reached.test");
        var grey = await world.AddScriptedAsync(
            "grey.test",
            _ => new SmtpScript { RecipientReply = _ => "450 4.7.1 later" }
        );
        var id = (await world.Sender.PostAsync(null, "a@reached.test", "b@grey.test")).Id;
        await world.Sender.WaitForAsync(
            id,
            seen => seen.Of("a@reached.test").State == "accepted" && seen.Of("b@grey.test").State == "deferred"
        );

        var recall = await world.Sender.RecallAsync(id);

        recall.Of["a@reached.test"].ShouldBe(("accepted", 0));
        recall.Of["b@grey.test"].ShouldBe(("cancelled", 0));
        recall.State.ShouldBe("completed", "nobody waits any more");
        grey.Messages.ShouldBeEmpty();
        grey.Script = _ => new SmtpScript();
        (await world.Sender.RecallAsync(id)).State.ShouldBe("completed");
        grey.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("250 2.0.0 taken", "accepted", "accepted")]
    [InlineData("451 4.3.0 try again", "cancelled", "cancelled")]
    public async Task What_is_being_sent_is_left_to_its_transaction_and_not_tried_again(
        string reply,
        string state,
        string result
    )
    {
        var domain = $"{state}.race.test";
        var server = await world.AddScriptedAsync(domain, _ => new SmtpScript { MessageReply = reply });
        using var stall = server.StallAt(SmtpPoint.BeforeMessageReply);
        var id = (await world.Sender.PostAsync(null, $"a@{domain}")).Id;
        await stall.Reached.WaitAsync(Patience);

        (await world.Sender.RecallAsync(id)).Of[$"a@{domain}"].ShouldBe(("being-sent", 0));
        (await world.Sender.RecallAsync(id)).Of[$"a@{domain}"].ShouldBe(("being-sent", 0), "recalled twice");
        stall.Release();

        var seen = await world.Sender.WaitForAsync(id, message => message.Of($"a@{domain}").State == state);
        seen.Of($"a@{domain}").Attempts.ShouldBe(1);
        (await world.Sender.RecallAsync(id)).Of[$"a@{domain}"].ShouldBe((result, 0));
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_recall_between_RCPT_and_DATA_wins_over_the_claim()
    {
        var server = await world.AddScriptedAsync("claim.test");
        using var stall = server.StallAt(SmtpPoint.BeforeRecipientReply);
        var id = (await world.Sender.PostAsync(null, "a@claim.test")).Id;
        await stall.Reached.WaitAsync(Patience);

        var recall = await world.Sender.RecallAsync(id);
        stall.Release();

        (recall.State, recall.Of["a@claim.test"]).ShouldBe(("cancelled", ("cancelled", 0)));
        await world.Sender.WaitAsync(id, "cancelled");
        await server.Connections[^1].Ended.WaitAsync(Patience);
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_is_revoked_and_what_was_downloaded_is_said()
    {
        var server = await world.AddScriptedAsync("plain.test", _ => new SmtpScript { OffersStartTls = false });
        var id = (await world.Sender.PostAsync(null, "a@plain.test", "b@plain.test")).Id;
        await world.Sender.WaitAsync(id, "completed");
        var mails = server.Messages.ToDictionary(mail => mail.Recipients.Single());
        var (first, second) = (
            await LinkMailSeen.ReadAsync(mails["a@plain.test"]),
            await LinkMailSeen.ReadAsync(mails["b@plain.test"])
        );
        (await second.DownloadAsync(world.App.Client, world.World, 1)).ShouldBe("a file of its own"u8.ToArray());

        var recall = await world.Sender.RecallAsync(id);

        recall.Of["a@plain.test"].ShouldBe(("link-revoked", 0));
        recall.Of["b@plain.test"].ShouldBe(("downloaded", 1));
        foreach (var link in (LinkMailSeen[])[first, second])
        {
            using var page = await link.OpenAsync(world.App.Client);
            page.StatusCode.ShouldBe(HttpStatusCode.Gone);
        }

        (await world.Sender.SeeAsync(id)).Of("a@plain.test").State.ShouldBe("revoked");
        var again = await world.Sender.RecallAsync(id);
        (again.Of["a@plain.test"], again.Of["b@plain.test"]).ShouldBe((("link-revoked", 0), ("downloaded", 1)));
    }

    /// <summary>Nothing is tried again while a test looks, and a claim outlives a stall.</summary>
    public sealed class PatientWorld : HoldingWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [.. base.Settings, ("Delivery__FirstRetry", "01:00:00"), ("Delivery__ClaimLife", "00:00:20")];
    }
}
