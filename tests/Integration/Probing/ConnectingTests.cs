using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>How each kind of server ends a connection attempt, on real sockets.</summary>
public sealed class ConnectingTests
{
    private static ServerCertificate Good { get; } = ClientWorld.Authority.Issue("mx.test");

    [Fact]
    public async Task Reaches_tls_and_keeps_the_evidence_of_a_good_server()
    {
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(Good, "SIZE 1000", "REQUIRETLS", "8BITMIME"));
        using var world = new ClientWorld(peer.Port);

        var session = (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

        session.Tls!.Version.ShouldBe("TLSv1.3");
        session.Tls.CipherSuite.ShouldStartWith("TLS_");
        session.Tls.Certificate.Errors.ShouldBeEmpty();
        session.Tls.Certificate.Sha256.ShouldBe(Good.Sha256, StringCompareShould.IgnoreCase);
        Convert.ToHexString(session.Tls.Chain[0]).ShouldBe(Convert.ToHexString(Good.Certificate.RawData));
        session.Features.ShouldBe(new SmtpFeatures(true, false, true, false, true, 1000));
        session.Address.ShouldBe(peer.Address);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task Speaks_tls_1_2_where_the_server_has_no_newer()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.GreetAsync("250 STARTTLS");
            await talk.StartTlsAsync(Good, SslProtocols.Tls12);
            await talk.ServeAsync();
        });
        using var world = new ClientWorld(peer.Port);

        await using var session = (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

        session.Tls!.Version.ShouldBe("TLSv1.2");
    }

    public static TheoryData<string, CertificateWish, string[]> Certificates =>
        new()
        {
            {
                "self-signed",
                new CertificateWish("mx.test") { SelfSigned = true },
                ["self-signed"]
            },
            { "for another host", new CertificateWish("other.test"), ["name-mismatch"] },
            { "expired", CertificateWish.Expired("mx.test"), ["expired"] },
            { "not yet valid", CertificateWish.NotYetValid("mx.test"), ["not-yet-valid"] },
            {
                "self-signed, expired and for another host",
                CertificateWish.Expired("other.test") with
                {
                    SelfSigned = true,
                },
                ["self-signed", "expired", "name-mismatch"]
            },
            { "for a wildcard of the domain", new CertificateWish("*.test"), [] },
        };

    [Theory]
    [MemberData(nameof(Certificates), DisableDiscoveryEnumeration = true)]
    public async Task Goes_on_with_a_certificate_that_is_wrong_and_keeps_what_is_wrong(
        string what,
        CertificateWish wish,
        string[] errors
    )
    {
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(ClientWorld.Authority.Issue(wish)));
        using var world = new ClientWorld(peer.Port);

        await using var session = (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

        session.Tls!.Certificate.Errors.ShouldBe(errors, $"a certificate that is {what}");
    }

    [Fact]
    public async Task Sees_that_the_root_is_not_trusted()
    {
        using var stranger = new PrivateAuthority("Stranger");
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(stranger.Issue("mx.test")));
        using var world = new ClientWorld(peer.Port);

        await using var session = (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

        session.Tls!.Certificate.Errors.ShouldBe(["untrusted-root"]);
    }

    public static TheoryData<string, string, string> Endings =>
        new()
        {
            { "no STARTTLS", "220 a\r\n|250 a\r\n", "NoTls starttls-not-offered" },
            { "454 to STARTTLS", "220 a\r\n|250-a\r\n250 STARTTLS\r\n|454 later\r\n", "NoTls starttls-refused" },
            { "502 to STARTTLS", "220 a\r\n|250-a\r\n250 STARTTLS\r\n|502 no\r\n", "NoTls starttls-refused" },
            { "421 to STARTTLS", "220 a\r\n|250-a\r\n250 STARTTLS\r\n|421 no\r\n", "Busy busy" },
            { "a 421 banner", "421 too many\r\n", "Busy busy" },
            { "a 450 banner", "450 later\r\n", "Busy busy" },
            { "a 554 banner", "554 not you\r\n", "Busy banner-refused" },
            { "450 to EHLO and HELO", "220 a\r\n|450 a\r\n|450 a\r\n", "Busy busy" },
            { "450 to EHLO alone", "220 a\r\n|450 a\r\n|250 a\r\n", "Busy busy" },
            { "502 to EHLO alone", "220 a\r\n|502 a\r\n|250 a\r\n", "NoTls starttls-not-offered" },
            { "closing at once", "", "Unreachable dropped" },
            { "closing after the greeting", "220 a\r\n|", "Unreachable dropped" },
            { "a banner that is none", "SSH-2.0-OpenSSH_9.2\r\n", "Unreachable not-smtp" },
            {
                "closing after the 220 to STARTTLS",
                "220 a\r\n|250-a\r\n250 STARTTLS\r\n|220 go\r\n|",
                "NoTls handshake-failed"
            },
            {
                "clear bytes in the packet of the 220",
                "220 a\r\n|250-a\r\n250 STARTTLS\r\n|220 go\r\n250 injected\r\n|",
                "NoTls starttls-injection"
            },
            {
                "clear bytes instead of a handshake",
                "220 a\r\n|250-a\r\n250 STARTTLS\r\n|220 go\r\n|250 injected\r\n",
                "NoTls starttls-injection"
            },
            {
                "an alert protocol_version",
                "220 a\r\n|250-a\r\n250 STARTTLS\r\n|220 go\r\n|\u0015\u0003\u0001\0\u0002\u0002\u0046",
                "NoTls tls-too-old"
            },
            {
                "an alert handshake_failure",
                "220 a\r\n|250-a\r\n250 STARTTLS\r\n|220 go\r\n|\u0015\u0003\u0001\0\u0002\u0002\u0028",
                "NoTls handshake-failed"
            },
        };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Says_how_it_ended(string server, string script, string expected)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            var turns = script.Split('|');
            for (var i = 0; i < turns.Length; i++)
            {
                if (i > 0)
                {
                    await talk.ReadSomeAsync();
                }

                await talk.SendAsync(turns[i]);
            }

            await talk.ReadSomeAsync(turns[^1].Length > 0);
        });
        using var world = new ClientWorld(peer.Port);

        var outcome = await world.ConnectAsync(peer);

        $"{outcome.GetType().Name} {outcome.Failure}".ShouldBe(expected, $"a server with {server}");
    }

    [Fact]
    public async Task Says_that_the_connection_is_refused()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        using var world = new ClientWorld(port);

        var outcome = await world.Connector.ConnectAsync(
            new SmtpTarget("mx.test", [IPAddress.Loopback]),
            SmtpSecurity.Required,
            TimeSpan.FromSeconds(5),
            CancellationToken.None
        );

        outcome.ShouldBeOfType<ConnectOutcome.Unreachable>().Reason.ShouldBe("connection-refused");
    }

    [Theory]
    [InlineData("502 no", "NoTls ehlo-after-tls-refused")]
    [InlineData("450 later", "Busy busy")]
    public async Task Keeps_nothing_from_before_tls_where_the_second_ehlo_is_refused(string reply, string expected)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.GreetAsync("250-REQUIRETLS", "250 STARTTLS");
            await talk.StartTlsAsync(Good);
            await talk.ReadLineAsync();
            await talk.SendAsync(reply + "\r\n");
            await talk.ReadLineAsync();
            await talk.SendAsync("250 hello to HELO\r\n");
            await talk.ReadLineAsync();
        });
        using var world = new ClientWorld(peer.Port);

        var outcome = await world.ConnectAsync(peer);

        $"{outcome.GetType().Name} {outcome.Failure}".ShouldBe(expected);
    }

    [Fact]
    public async Task Offers_nothing_that_was_offered_before_tls_only()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.GreetAsync("250-REQUIRETLS", "250-SMTPUTF8", "250-8BITMIME", "250-SIZE 1", "250 STARTTLS");
            await talk.StartTlsAsync(Good);
            await talk.ServeAsync();
        });
        using var world = new ClientWorld(peer.Port);

        await using var session = (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

        session.Features.ShouldBe(new SmtpFeatures(false, false, false, false, false, null));
    }

    [Fact]
    public async Task Reports_each_server_with_its_own_certificate_though_sessions_could_be_resumed()
    {
        var bad = ClientWorld.Authority.Issue(new CertificateWish("mx.test") { SelfSigned = true });
        await using var honest = new ScriptedPeer(ScriptedPeer.Ordinary(Good));
        await using var other = new ScriptedPeer(ScriptedPeer.Ordinary(bad), IPAddress.Parse("127.0.0.2"), honest.Port);
        using var world = new ClientWorld(honest.Port);

        for (var round = 0; round < 3; round++)
        {
            await using var first = (await world.ConnectAsync(honest)).ShouldBeOfType<ConnectOutcome.Secured>().Session;
            await using var second = (await world.ConnectAsync(other)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

            first.Tls!.Certificate.Errors.ShouldBeEmpty();
            second.Tls!.Certificate.Errors.ShouldBe(["self-signed"]);
        }
    }

    [Fact]
    public async Task Takes_a_server_without_tls_in_the_clear_only_when_told_to()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.GreetAsync("250 8BITMIME");
            await talk.ServeAsync();
        });
        using var world = new ClientWorld(peer.Port);

        await using var session = (await world.ConnectAsync(peer, security: SmtpSecurity.WhenOffered))
            .ShouldBeOfType<ConnectOutcome.InClear>()
            .Session;

        session.Tls.ShouldBeNull();
        session.Features.EightBitMime.ShouldBeTrue();
    }

    [Fact]
    public async Task Falls_back_to_the_clear_after_a_broken_handshake_only_when_told_to()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.GreetAsync("250 STARTTLS");
            if (await talk.ReadLineAsync() == "STARTTLS")
            {
                await talk.SendAsync("220 go\r\n");
                return;
            }

            await talk.SendAsync("250 fine\r\n");
        });
        using var world = new ClientWorld(peer.Port);

        (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.NoTls>().Reason.ShouldBe("handshake-failed");
        await using var session = (await world.ConnectAsync(peer, security: SmtpSecurity.WhenOffered))
            .ShouldBeOfType<ConnectOutcome.InClear>()
            .Session;
        peer.Connections.ShouldBe(3, "one with STARTTLS required, then one that broke and one in the clear");
    }
}
