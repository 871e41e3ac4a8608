using System.Net;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>Route <c>tls</c> through the real app, to Postfix and to scripted servers.</summary>
public sealed class TlsDeliveryTests(DeliveryWorld world) : IClassFixture<DeliveryWorld>
{
    [Fact]
    public async Task Three_recipients_of_one_domain_are_one_transaction_and_get_the_message_byte_for_byte()
    {
        var server = await world.AddPostfixAsync("three.test");
        var letter = new Letter("a@three.test", "b@three.test", "c@three.test");

        var seen = await world.Api.DeliverAsync(letter);

        seen.Recipients.ShouldAllBe(r => r.State == "accepted" && r.Route == "tls" && r.Level == "verified");
        var mails = await server.WaitForMailAsync(3);
        mails.Select(mail => mail.Recipient).Order().ShouldBe(letter.Recipients);
        mails.ShouldAllBe(mail => mail.Tls != null && mail.Sender == letter.Sender);
        mails.ShouldAllBe(mail => letter.IsWhatArrived(mail.Content), "only Received may be put before the message");
        var sessions = await server.WaitForSessionsAsync(2);
        sessions.Count(session => session.Mails == 0).ShouldBe(1, "one probe for the domain");
        sessions.Single(session => session.Mails > 0).ShouldBe(new SmtpSession(1, 1, 3, 1));
    }

    [Fact]
    public async Task A_host_that_offers_requiretls_is_asked_for_it()
    {
        var server = await world.World.StartNodeAsync("mx.strict.test", new NodeSmtpWish());
        await (await world.World.Dns).SetAsync(server.ZoneFor("strict.test"));

        var seen = await world.Api.DeliverAsync(new Letter("a@strict.test"));

        seen.Recipients.ShouldHaveSingleItem().State.ShouldBe("accepted");
        server.Messages.ShouldHaveSingleItem().RequireTls.ShouldBeTrue();
    }

    [Fact]
    public async Task A_greylisted_recipient_is_deferred_and_reached_by_a_retry()
    {
        var asked = 0;
        var server = await world.AddScriptedAsync(
            "grey.test",
            _ => new SmtpScript
            {
                RecipientReply = _ => Interlocked.Increment(ref asked) == 1 ? "450 4.7.1 greylisted" : "250 2.1.5 fine",
            }
        );

        var id = (await world.Api.SendAsync(new Letter("a@grey.test"))).Id;

        var deferred = (await world.Api.WaitAsync(id, seen => seen.Of("a@grey.test").State == "deferred")).Recipients;
        deferred.Single().LastReplyCode.ShouldBe(450);
        server.Messages.ShouldBeEmpty();
        var seen = (await world.Api.WaitForCompletionAsync(id)).Of("a@grey.test");
        (seen.State, seen.Attempts, seen.Route).ShouldBe(("accepted", 2, "tls"));
        server.Messages.Single().OverTls.ShouldBeTrue();
    }

    [Fact]
    public async Task A_refused_recipient_bounces_and_the_others_of_the_transaction_get_their_mail()
    {
        var server = await world.AddScriptedAsync(
            "partly.test",
            _ => new SmtpScript
            {
                RecipientReply = to =>
                    to.StartsWith("no@", StringComparison.Ordinal) ? "550 5.1.1 no such user" : "250 2.1.5 fine",
            }
        );

        var seen = await world.Api.DeliverAsync(new Letter("a@partly.test", "no@partly.test", "z@partly.test"));

        var refused = seen.Of("no@partly.test");
        (refused.State, refused.LastReplyCode, refused.LastReply).ShouldBe(("bounced", 550, "5.1.1 no such user"));
        seen.Recipients.Where(r => r != refused).ShouldAllBe(r => r.State == "accepted");
        server.Messages.Single().Recipients.ShouldBe(["a@partly.test", "z@partly.test"]);
    }

    [Fact]
    public async Task A_domain_that_is_down_is_deferred_and_gets_its_mail_over_TLS_when_it_is_back()
    {
        var server = await world.AddPostfixAsync("down.test");
        await server.StopAsync();
        var letter = new Letter("a@down.test");

        var id = (await world.Api.SendAsync(letter)).Id;

        await world.Api.WaitAsync(
            id,
            seen => seen.Of("a@down.test") is { State: "deferred", PlannedRoute: "deferred" }
        );
        server.GetMail().ShouldBeEmpty("a domain that is down takes no link mail either");
        await server.BecomeAsync(MailFlavour.Good);
        await world.ForgetVerdictAsync("down.test");
        var seen = (await world.Api.WaitForCompletionAsync(id)).Of("a@down.test");
        (seen.State, seen.Route, seen.Level).ShouldBe(("accepted", "tls", "verified"));
        letter.IsWhatArrived((await server.WaitForMailAsync()).Single().Content).ShouldBeTrue();
    }

    [Fact]
    public async Task The_operation_answers_202_until_the_end_and_then_200_to_whoever_has_its_ticket()
    {
        var server = await world.AddScriptedAsync("slow.test");
        using var stall = server.StallAt(SmtpPoint.BeforeMessageReply);
        using var posted = await world.Api.PostAsync(new Letter("a@slow.test"));
        posted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        posted.Headers.RetryAfter.ShouldNotBeNull();
        var location = posted.Headers.Location!.ToString();
        var (stranger, id) = (new MessageApi(world.App) { Key = null }, (await MessageApi.ReadAsync(posted)).Id);
        await stall.Reached.WaitAsync(Eventually.Patience);

        using (var pending = await stranger.GetAsync(location))
        {
            pending.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            pending.Headers.RetryAfter.ShouldNotBeNull();
            pending.Headers.Location!.ToString().ShouldBe(location);
        }

        stall.Release();
        await world.Api.WaitForCompletionAsync(id);
        using var done = await stranger.GetAsync(location);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MessageApi.ReadAsync(done)).Of("a@slow.test").State.ShouldBe("accepted");
        foreach (var path in (string[])[$"/api/messages/{id}/operation", $"/api/messages/{id}", $"{location}0"])
        {
            using var refused = await stranger.GetAsync(path);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }
}
