using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TlsOrLink.Dns;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>A mail server or a zone that means harm: bounded in time, in bytes, and in where it can send us.</summary>
public sealed class HostileTests
{
    private const string Deadline = "00:00:02";
    private static readonly TimeSpan LateAtMost = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("banner")]
    [InlineData("ehlo")]
    [InlineData("starttls")]
    [InlineData("handshake")]
    [InlineData("second ehlo")]
    public async Task Cannot_hold_a_probe_past_its_deadline_byte_by_byte(string place)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await TakeAsync(talk, place);
            for (var i = 0; ; i++)
            {
                await talk.SendAsync("220-"[Math.Min(i, 3)].ToString());
                await Task.Delay(300, talk.Stop);
            }
        });
        var (verdict, elapsed) = await ProbeAsync(peer);

        elapsed.ShouldBeLessThan(LateAtMost, "a byte every 300 ms must not stretch the deadline of 2 s");
        verdict.Level.ShouldBe(place == "handshake" ? TlsLevel.None : TlsLevel.Unknown);
        verdict.Reason.ShouldBe(place == "handshake" ? "starttls-injection" : "timeout");
    }

    [Fact]
    public async Task Cannot_hold_a_probe_by_keeping_silent_in_the_handshake()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await TakeAsync(talk, "handshake");
            await Task.Delay(Timeout.Infinite, talk.Stop);
        });
        var (verdict, elapsed) = await ProbeAsync(peer);

        elapsed.ShouldBeLessThan(LateAtMost);
        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Unknown, "timeout"));
    }

    [Theory]
    [InlineData("ehlo")]
    [InlineData("second ehlo")]
    public async Task Cannot_make_us_read_an_endless_reply(string place)
    {
        var sent = 0L;
        await using var peer = new ScriptedPeer(async talk =>
        {
            await TakeAsync(talk, place);
            var lines = string.Concat(Enumerable.Repeat("250-MORE\r\n", 400));
            while (true)
            {
                await talk.SendAsync(lines);
                Interlocked.Add(ref sent, lines.Length);
            }
        });
        var (verdict, elapsed) = await ProbeAsync(peer);

        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Unknown, "too-much-data"));
        elapsed.ShouldBeLessThan(LateAtMost);
        Interlocked.Read(ref sent).ShouldBeLessThan(8_000_000, "what the kernel's buffers hold, and no more");
    }

    [Fact]
    public async Task Cannot_make_us_fetch_a_url_of_its_certificate()
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        var fetch = web.AcceptTcpClientAsync();
        using var stranger = new PrivateAuthority("Stranger");
        var certificate = stranger.Issue(
            new CertificateWish("mx.rcpt.test")
            {
                IssuerUrl = $"http://127.0.0.1:{((IPEndPoint)web.LocalEndpoint).Port}/",
            }
        );
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(certificate with { Chain = [] }));
        var (verdict, _) = await ProbeAsync(peer);

        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Encrypted, "untrusted-root"));
        fetch.IsCompleted.ShouldBeFalse(
            "the URL in the certificate was fetched: the peer chooses what this server asks"
        );
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("0.0.0.0")]
    public async Task Cannot_make_us_dial_an_address_that_is_not_public(string address)
    {
        await using var peer = new ScriptedPeer(_ => Task.CompletedTask);
        using var world = new ClientWorld(
            peer.Port,
            new PlainResolver().With("rcpt.test", IPAddress.Parse(address)),
            null,
            ("Smtp:OpenRanges:0", "127.9.9.9/32")
        );
        var verdict = await world.ProbeAsync("rcpt.test");

        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Unknown, "address-not-public"));
        peer.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Cannot_make_us_knock_at_more_than_ten_hosts_at_five_addresses()
    {
        await using var peer = new ScriptedPeer(talk => talk.SendAsync("421 no\r\n"), IPAddress.Any);
        var zone = new PlainResolver().With(
            "rcpt.test",
            [.. Enumerable.Range(0, 100).Select(i => new MxRecord(i, $"mx{i}.rcpt.test"))]
        );
        for (var i = 0; i < 100; i++)
        {
            zone.WithHost(
                $"mx{i}.rcpt.test",
                [.. Enumerable.Range(1, 9).Select(j => IPAddress.Parse($"127.0.{i}.{j}"))]
            );
        }

        using var world = new ClientWorld(peer.Port, zone);
        var verdict = await world.ProbeAsync("rcpt.test");

        verdict.Hosts.Count.ShouldBe(10);
        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Unknown, "busy"));
        peer.Connections.ShouldBeInRange(10, 50);
    }

    private static async Task TakeAsync(PeerConversation talk, string upTo)
    {
        if (upTo == "banner")
        {
            return;
        }

        await talk.SendAsync("220 peer.example ESMTP\r\n");
        await talk.ReadLineAsync();
        if (upTo == "ehlo")
        {
            return;
        }

        await talk.SendAsync("250-peer.example\r\n250 STARTTLS\r\n");
        if (upTo == "second ehlo")
        {
            await talk.StartTlsAsync(ClientWorld.Authority.Issue("mx.rcpt.test"));
        }

        await talk.ReadLineAsync();
        if (upTo == "handshake")
        {
            await talk.SendAsync("220 go\r\n");
        }
    }

    private static async Task<(TlsVerdict Verdict, TimeSpan Elapsed)> ProbeAsync(ScriptedPeer peer)
    {
        using var world = new ClientWorld(
            peer.Port,
            new PlainResolver().With("rcpt.test", peer.Address),
            null,
            ("Smtp:ProbeDeadline", Deadline)
        );
        var started = Stopwatch.GetTimestamp();
        var verdict = await world.ProbeAsync("rcpt.test");
        return (verdict, Stopwatch.GetElapsedTime(started));
    }
}
