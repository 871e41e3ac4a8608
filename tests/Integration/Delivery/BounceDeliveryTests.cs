using MimeKit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>What the sender's own server gets when recipients are not reached, through the real app.</summary>
public sealed class BounceDeliveryTests(BounceDeliveryTests.Senders world) : IClassFixture<BounceDeliveryTests.Senders>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>A world in which the senders' domain has a server.</summary>
    public sealed class Senders : DeliveryWorld
    {
        public ScriptedSmtp Server { get; private set; } = null!;

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Delivery__RetryPeriod", "00:00:04"), ("Delivery__LongestRetry", "00:00:01")];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Server = await AddScriptedAsync("sender.example");
        }

        /// <summary>The bounces of one message.</summary>
        public IEnumerable<ScriptedMessage> Bounces(string id) =>
            Server.Messages.Where(mail => mail.Text.Contains($"{id}~bounce", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_failed_recipients_of_a_round_are_one_bounce_with_an_empty_reverse_path()
    {
        await world.AddScriptedAsync("no.test", _ => new SmtpScript { RecipientReply = _ => "550 5.1.1 no such user" });
        await world.AddScriptedAsync("fine.test");
        var letter = new Letter("a@no.test", "b@no.test", "c@fine.test", "d@nowhere.test");

        var seen = await world.Api.DeliverAsync(letter);

        var bounce = await BounceAsync(seen.Id);
        bounce.Sender.ShouldBeEmpty();
        bounce.Recipients.ShouldBe([letter.Sender]);
        bounce.OverTls.ShouldBeTrue();
        bounce.Text.ShouldNotContain(letter.EncodedFile[..60]);
        bounce.Text.ShouldNotContain(letter.FileName);
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(bounce.Content));
        mail.From.Mailboxes.Single().Address.ShouldBe("mailer-daemon@sender.example");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-replied");
        mail.InReplyTo.ShouldBe("quotation.1@sender.example");
        var status = mail
            .Body.ShouldBeOfType<MultipartReport>()[1]
            .ShouldBeOfType<MessageDeliveryStatus>()
            .StatusGroups;
        status
            .Skip(1)
            .Select(group => (group["Final-Recipient"], group["Status"]))
            .Where(group => group.Item1 is not null)
            .Order()
            .ShouldBe([
                ("rfc822; a@no.test", "5.1.1"),
                ("rfc822; b@no.test", "5.1.1"),
                ("rfc822; d@nowhere.test", "5.1.2"),
            ]);
    }

    [Fact]
    public async Task Whoever_is_not_reached_in_the_retry_period_bounces_when_it_is_over()
    {
        var server = await world.AddScriptedAsync("busy.test");
        server.Script = _ => SmtpScript.Busy;

        var seen = await world.Api.DeliverAsync(new Letter("a@busy.test"));

        seen.Of("a@busy.test").State.ShouldBe("bounced");
        (await BounceAsync(seen.Id)).Text.ShouldContain("4.4.7");
    }

    [Fact]
    public async Task A_round_tries_the_next_host_of_the_domain_where_the_first_defers_before_DATA()
    {
        var (first, second) = (world.World.StartScripted("mx1.two.test"), world.World.StartScripted("mx2.two.test"));
        first.Script = _ => new SmtpScript { RecipientReply = _ => "451 4.3.0 later" };
        var zone = new Kit.Dns.Zone(
            "two.test",
            "@ MX 10 mx1.two.test.",
            "@ MX 20 mx2.two.test.",
            Kit.Dns.Zone.Host("mx1.two.test.", first.Address),
            Kit.Dns.Zone.Host("mx2.two.test.", second.Address)
        );
        await (await world.World.Dns).SetAsync([zone]);

        var seen = (await world.Api.DeliverAsync(new Letter("a@two.test"))).Of("a@two.test");

        (seen.State, seen.Attempts, seen.Route).ShouldBe(("accepted", 1, "tls"));
        second.Messages.Single().OverTls.ShouldBeTrue();
        first.Messages.ShouldBeEmpty();
    }

    private async Task<ScriptedMessage> BounceAsync(string id)
    {
        await Eventually.BeTrueAsync(() => world.Bounces(id).Any(), Patience, () => world.App.Output);
        return world.Bounces(id).ShouldHaveSingleItem();
    }
}
