using System.Net;
using System.Net.Sockets;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>How connection attempts end that come to nothing, on real sockets.</summary>
public sealed class EndingTests
{
    private static ServerCertificate Good { get; } = ClientWorld.Authority.Issue("mx.test");

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
}
