using System.Globalization;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>The transport <c>relay</c>, through the real app, to a real submission server.</summary>
public sealed class RelayTests(RelayTests.Relays world) : IClassFixture<RelayTests.Relays>
{
    private const string User = "tlsorlink";
    private const string Secret = "a secret: ü";

    /// <summary>A world whose apps send by a relay; port 25 is shut for them all unless said otherwise.</summary>
    public sealed class Relays : IAsyncLifetime
    {
        public TestWorld World { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await (await World.Dns).SetAsync([
                new Kit.Dns.Zone("partner.test", "@ MX 10 mx", Kit.Dns.Zone.Host("mx", World.Loopback.NextAddress())),
                new Kit.Dns.Zone("shut.test", Kit.Dns.Zone.Host("canary", World.Loopback.NextAddress())),
            ]);
        }

        public async Task<(MessageApi Api, NodeSmtp Relay)> StartAsync(
            string name,
            NodeSmtpWish wish,
            params (string Name, string Value)[] settings
        )
        {
            var relay = await World.StartNodeAsync($"relay.{name}.test", wish with { User = User, Secret = Secret });
            await (await World.Dns).SetAsync([
                new Kit.Dns.Zone($"{name}.test", Kit.Dns.Zone.Host("relay", relay.Address)),
            ]);
            var app = await World.StartAppAsync([
                ("DOTNET_ENVIRONMENT", "Development"),
                ("Delivery__FirstRetry", "00:00:01"),
                ("Sending__TlsTransport", "relay"),
                ("Sending__NoticeTransport", "relay"),
                ("Relay__Host", relay.HostName),
                ("Relay__Port", World.Loopback.Port.ToString(CultureInfo.InvariantCulture)),
                ("Relay__User", User),
                ("Relay__Secret", Secret),
                ("Probing__Canaries__0", "canary.shut.test"),
                ("Probing__Canaries__1", "canary.shut.test"),
                ("Probing__Canaries__2", "canary.shut.test"),
                .. settings,
            ]);
            return (new MessageApi(app), relay);
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    [Theory]
    [InlineData(false, "PLAIN")]
    [InlineData(true, "LOGIN")]
    public async Task Where_port_25_is_shut_a_relay_with_REQUIRETLS_carries_the_message_by_its_promise(
        bool tlsFromStart,
        string method
    )
    {
        var (api, relay) = await world.StartAsync(
            $"strict-{method}".ToLowerInvariant(),
            new NodeSmtpWish { TlsFromStart = tlsFromStart, AuthMethods = [method] },
            ("Relay__TlsFromStart", tlsFromStart.ToString())
        );
        var letter = new Letter("a@partner.test", "b@partner.test");

        var seen = await api.DeliverAsync(letter);

        seen.Recipients.ShouldAllBe(r =>
            r.State == "accepted" && r.Route == "tls" && r.Reason == "attested" && r.Level == "verified"
        );
        seen.Recipients.ShouldAllBe(r => r.Receipt!.Value.GetProperty("evidence").GetString() == "attested");
        var message = relay.Messages.ShouldHaveSingleItem();
        (message.RequireTls, message.User, message.Sender).ShouldBe((true, User, letter.Sender));
        message.Tls.ShouldNotBeNull();
        letter.IsWhatArrived(message.Content).ShouldBeTrue();
    }

    [Fact]
    public async Task A_relay_that_promises_nothing_gets_link_mail_alone()
    {
        var (api, relay) = await world.StartAsync("silent", new NodeSmtpWish { RequireTls = false });
        var letter = new Letter("a@partner.test");

        var seen = (await api.DeliverAsync(letter)).Of("a@partner.test");

        (seen.State, seen.Route, seen.Reason).ShouldBe(("linked", "link", "not-observable"));
        relay.Messages.ShouldHaveSingleItem().Text.ShouldNotContain(letter.EncodedFile[..60]);
    }

    [Fact]
    public async Task The_operators_word_counts_as_the_relays_promise()
    {
        var (api, relay) = await world.StartAsync(
            "declared",
            new NodeSmtpWish { RequireTls = false },
            ("Relay__OnwardTls", "true")
        );

        var seen = (await api.DeliverAsync(new Letter("a@partner.test"))).Of("a@partner.test");

        (seen.State, seen.Route, seen.Reason).ShouldBe(("accepted", "tls", "attested"));
        relay.Messages.ShouldHaveSingleItem().RequireTls.ShouldBeFalse();
    }

    [Fact]
    public async Task A_promise_is_never_as_good_as_a_proof()
    {
        var (api, _) = await world.StartAsync("proof", new NodeSmtpWish(), ("Routing__TlsPolicy", "authenticated"));

        var seen = (await api.DeliverAsync(new Letter("a@partner.test"))).Of("a@partner.test");

        (seen.State, seen.Route).ShouldBe(("linked", "link"));
    }

    [Fact]
    public async Task Where_the_relays_TLS_is_stripped_or_its_certificate_is_anothers_it_gets_neither_secret_nor_mail()
    {
        (string Name, NodeSmtpWish Wish, string Reason)[] cases =
        [
            ("stripped", new NodeSmtpWish { StartTls = false }, "relay-failed"),
            ("other", new NodeSmtpWish { Certificate = world.World.Authority.Issue("else.test") }, "relay-untrusted"),
        ];
        foreach (var (name, wish, reason) in cases)
        {
            var (api, relay) = await world.StartAsync(name, wish, ("Relay__OnwardTls", "true"));

            var id = (await api.SendAsync(new Letter("a@partner.test"))).Id;

            var seen = await api.WaitAsync(id, message => message.Recipients[0].State == "deferred");
            seen.Recipients[0].Reason.ShouldBe(reason);
            (relay.Logins, relay.Messages.Count).ShouldBe((0, 0), name);
        }
    }

    [Fact]
    public async Task A_relay_that_refuses_the_secret_gets_no_mail_and_mail_waits()
    {
        var (api, relay) = await world.StartAsync(
            "refused",
            new NodeSmtpWish(),
            ("Relay__Secret", "another"),
            ("Relay__OnwardTls", "true")
        );

        var id = (await api.SendAsync(new Letter("a@partner.test"))).Id;

        (await api.WaitAsync(id, message => message.Recipients[0].State == "deferred"))
            .Recipients[0]
            .Reason.ShouldBe("relay-failed");
        relay.Messages.ShouldBeEmpty();
    }
}
