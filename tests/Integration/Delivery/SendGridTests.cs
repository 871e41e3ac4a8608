using System.Net;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>The transport <c>sendgrid</c> through the real app, against a stub that holds the published rules.</summary>
public sealed partial class SendGridTests(SendGridTests.Api world) : IClassFixture<SendGridTests.Api>, IAsyncLifetime
{
    /// <summary>An app whose port 25 is shut and whose ways are both SendGrid's.</summary>
    public sealed class Api : IAsyncLifetime
    {
        public TestWorld World { get; } = new();

        public SendGridStub Stub { get; private set; } = null!;

        public AppProcess App { get; private set; } = null!;

        public MessageApi Messages => new(App);

        public async ValueTask InitializeAsync()
        {
            Stub = await SendGridStub.StartAsync(World.Authority);
            var nobody = World.Loopback.NextAddress();
            await (await World.Dns).SetAsync([
                new Zone("partner.test", "@ MX 10 mx", Zone.Host("mx", nobody)),
                new Zone("shut.test", Zone.Host("canary", nobody)),
            ]);
            App = await World.StartAppAsync([
                ("DOTNET_ENVIRONMENT", "Development"),
                ("Delivery__FirstRetry", "00:00:01"),
                ("Delivery__LongestRetry", "00:00:01"),
                ("Sending__TlsTransport", "sendgrid"),
                ("Sending__NoticeTransport", "sendgrid"),
                ("SendGrid__BaseUri", Stub.Address.ToString()),
                ("SendGrid__ApiKey", SendGridStub.Key),
                ("SendGrid__WebhookKey", Stub.PublicKey),
                ("SendGrid__PromiseLife", "00:00:01"),
                ("SendGrid__MaxFileBytes", "200000"),
                ("Probing__Canaries__0", "canary.shut.test"),
                ("Probing__Canaries__1", "canary.shut.test"),
                ("Probing__Canaries__2", "canary.shut.test"),
            ]);
        }

        public async ValueTask DisposeAsync()
        {
            await World.DisposeAsync();
            await Stub.DisposeAsync();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Every request of every test keeps the API's rules.</summary>
    public ValueTask DisposeAsync()
    {
        world.Stub.Errors.ShouldBeEmpty();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Mail_goes_by_the_accounts_promise_and_is_accepted_when_the_event_says_so()
    {
        var letter = new Letter("a@partner.test", "b@partner.test") { Subject = "見積 =?x?=" };

        var id = (await world.Messages.SendAsync(letter)).Id;

        await world.Messages.WaitAsync(id, seen => seen.Recipients.All(r => r is { State: "sending", Route: "tls" }));
        var mail = MailOf(id);
        var marks = Marks(mail);
        marks.Count.ShouldBe(2, "each recipient sees itself alone");
        mail.GetProperty("tracking_settings")
            .GetProperty("click_tracking")
            .GetProperty("enable")
            .GetBoolean()
            .ShouldBeFalse();
        var file = mail.GetProperty("attachments")[0];
        Convert.FromBase64String(file.GetProperty("content").GetString()!).ShouldBe(letter.File);
        file.GetProperty("filename").GetString().ShouldBe(letter.FileName);
        (await PostAsync(Event("processed", marks[0], "p1"))).ShouldBe(HttpStatusCode.OK);
        (await world.Messages.SeeAsync(id)).Recipients[0].State.ShouldBe("sending");

        (
            await PostAsync(
                Event("delivered", marks[0], "d1", "250 2.0.0 OK"),
                Event("bounce", marks[1], "b1", "550 5.1.1 no")
            )
        ).ShouldBe(HttpStatusCode.OK);

        var seen = await world.Messages.WaitForCompletionAsync(id);
        var (first, second) = (seen.Recipients[0], seen.Recipients[1]);
        (first.State, first.LastReplyCode, first.LastReply).ShouldBe(("accepted", 250, "2.0.0 OK"));
        first.Receipt!.Value.GetProperty("evidence").GetString().ShouldBe("attested");
        (second.State, second.LastReplyCode).ShouldBe(("bounced", 550));
    }

    [Fact]
    public async Task A_drop_for_want_of_TLS_is_answered_with_a_link_mail()
    {
        var letter = new Letter("c@partner.test");
        var id = (await world.Messages.SendAsync(letter)).Id;
        await world.Messages.WaitAsync(id, seen => seen.Recipients[0].State == "sending" && MailsOf(id).Any());

        await PostAsync(Event("bounce", Marks(MailOf(id))[0], "tls1", "TLS required but not supported"));

        await world.Messages.WaitAsync(id, seen => seen.Recipients[0].Route == "link" && MailsOf(id).Count() == 2);
        var link = MailsOf(id).Last();
        link.TryGetProperty("attachments", out _).ShouldBeFalse();
        link.GetRawText().ShouldNotContain(letter.Text[..20], customMessage: "the body is behind the link too");
        await PostAsync(Event("delivered", Marks(link)[0], "tls2", "250 OK"));
        (await world.Messages.WaitForCompletionAsync(id)).Recipients[0].State.ShouldBe("linked");
    }

    [Fact]
    public async Task What_is_too_large_for_the_API_goes_by_link()
    {
        var id = (await world.Messages.SendAsync(new Letter("d@partner.test") { File = new byte[200_001] })).Id;

        var seen = await world.Messages.WaitAsync(id, one => one.Recipients[0].Route == "link" && MailsOf(id).Any());

        seen.Recipients[0].Reason.ShouldBe("size-exceeded");
        MailOf(id).TryGetProperty("attachments", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_webhook_with_a_bad_signature_an_old_timestamp_or_a_replay_is_refused_and_changes_nothing()
    {
        var id = (await world.Messages.SendAsync(new Letter("e@partner.test"))).Id;
        // Handed over, and written down as such.
        await world.Messages.WaitAsync(
            id,
            seen => seen.Recipients[0] is { State: "sending", LastReplyCode: not null } && MailsOf(id).Any()
        );
        var mark = Marks(MailOf(id))[0];
        var (now, body) = (DateTimeOffset.UtcNow, $"[{Event("bounce", mark, "w1", "550 no")}]");

        foreach (var at in (DateTimeOffset[])[now.AddMinutes(-11), now.AddMinutes(11)])
        {
            (await SendAsync(world.Stub.Sign(body, at))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        using (var forged = world.Stub.Sign(body, now))
        {
            forged.Content = new StringContent(body.Replace("550", "551", StringComparison.Ordinal));
            (await SendAsync(forged)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        using (var bare = new HttpRequestMessage(HttpMethod.Post, "/api/hooks/sendgrid"))
        {
            bare.Content = new StringContent(body);
            (await SendAsync(bare)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await world.Messages.SeeAsync(id)).Recipients[0].State.ShouldBe("sending");
        var genuine = world.Stub.Sign($"[{Event("deferred", mark, "w2", "450 later")}]", now);
        (await SendAsync(await CopyAsync(genuine))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(await CopyAsync(genuine))).ShouldBe(HttpStatusCode.Unauthorized, "a replay");
        (
            await PostAsync(
                "{\"event\":\"delivered\"}",
                Event("delivered", "0123456789abcdef0123456789abcdef.0123abcd.0", "w3")
            )
        ).ShouldBe(HttpStatusCode.OK, "strangers' events are passed over");
        (await world.Messages.SeeAsync(id)).Recipients[0].State.ShouldBe("sending");
        await PostAsync(Event("delivered", mark, "w4", "250 OK"));
        (await world.Messages.WaitForCompletionAsync(id)).Recipients[0].State.ShouldBe("accepted");
    }
}
