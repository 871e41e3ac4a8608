using System.Net;
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
