using System.Net;
using TlsOrLink.Dns;
using TlsOrLink.Probing;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>How the hosts of a domain, and the domains of a host, are looked at together.</summary>
public sealed class ProberTests
{
    private static readonly IPAddress Second = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Third = IPAddress.Parse("127.0.0.3");

    [Fact]
    public async Task Gives_a_verdict_of_the_good_host_though_another_keeps_silent()
    {
        await using var good = new ScriptedPeer(ScriptedPeer.Ordinary(ClientWorld.Authority.Issue("mx1.rcpt.test")));
        await using var silent = new ScriptedPeer(talk => Task.Delay(Timeout.Infinite, talk.Stop), Second, good.Port);
        using var world = new ClientWorld(
            good.Port,
            new PlainResolver()
                .With("rcpt.test", new MxRecord(10, "mx1.rcpt.test"), new MxRecord(20, "mx2.rcpt.test"))
                .WithHost("mx1.rcpt.test", good.Address)
                .WithHost("mx2.rcpt.test", Second),
            null,
            ("Probing:Grace", "00:00:00.5")
        );

        var verdict = await world.ProbeAsync("rcpt.test");

        verdict.Level.ShouldBe(TlsLevel.Verified);
        verdict.HostsAt(TlsLevel.Verified).ShouldBe(["mx1.rcpt.test"]);
        verdict.Hosts.Select(host => host.Level).ShouldBe([TlsLevel.Verified, TlsLevel.Unknown]);
        verdict.Hosts[1].Reason.ShouldBe("not-waited-for");
    }

    [Fact]
    public async Task Tries_the_other_addresses_of_a_host_that_is_busy_or_down_at_one()
    {
        await using var busy = new ScriptedPeer(talk => talk.SendAsync("421 no\r\n"));
        await using var good = new ScriptedPeer(
            ScriptedPeer.Ordinary(ClientWorld.Authority.Issue("mx.rcpt.test")),
            Third,
            busy.Port
        );
        using var world = new ClientWorld(
            busy.Port,
            new PlainResolver().With("rcpt.test", Second, busy.Address, Third)
        );

        var verdict = await world.ProbeAsync("rcpt.test");

        verdict.Level.ShouldBe(TlsLevel.Verified);
        verdict.Hosts[0].Address.ShouldBe("127.0.0.3");
    }

    [Fact]
    public async Task Makes_one_connection_for_fifty_domains_of_one_host()
    {
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(ClientWorld.Authority.Issue("mx.shared.test")));
        var zone = new PlainResolver().WithHost("mx.shared.test", peer.Address);
        for (var i = 0; i < 50; i++)
        {
            zone.With($"d{i}.test", new MxRecord(10, "mx.shared.test"));
        }

        using var world = new ClientWorld(peer.Port, zone);
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => world.ProbeAsync($"d{i}.test")));

        verdicts.ShouldAllBe(verdict => verdict.Level == TlsLevel.Verified);
        peer.Connections.ShouldBe(1);

        world.Get<HostSightings>().Forget("mx.shared.test");
        await world.ProbeAsync("d1.test");
        peer.Connections.ShouldBe(2, "what was forgotten is looked at anew");
    }

    [Fact]
    public async Task Keeps_to_the_connections_allowed_at_one_address()
    {
        var (inside, peak, one) = (0, 0, new Lock());
        await using var peer = new ScriptedPeer(async talk =>
        {
            lock (one)
            {
                peak = Math.Max(peak, ++inside);
            }

            await Task.Delay(50, talk.Stop);
            await talk.SendAsync("220 a\r\n");
            await talk.ReadLineAsync();
            Interlocked.Decrement(ref inside); // before the client can know that it is done
            await talk.SendAsync("250 a\r\n");
        });
        var zone = new PlainResolver();
        for (var i = 0; i < 40; i++)
        {
            zone.With($"d{i}.test", peer.Address);
        }

        using var world = new ClientWorld(peer.Port, zone, null, ("Smtp:ConnectionsPerAddress", "5"));
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => world.ProbeAsync($"d{i}.test")));

        verdicts.ShouldAllBe(verdict => verdict.Level == TlsLevel.None);
        peer.Connections.ShouldBe(40);
        peak.ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData(false, "connection-refused")]
    [InlineData(true, "egress-blocked")]
    public async Task Says_that_our_port_is_shut_only_when_every_canary_is_unreachable(bool shut, string reason)
    {
        await using var open = new ScriptedPeer(talk => talk.SendAsync("220 a\r\n"), Third);
        var down = IPAddress.Parse("127.0.0.99");
        var zone = new PlainResolver()
            .With("rcpt.test", down)
            .WithHost("c1.example", down)
            .WithHost("c2.example", down)
            .WithHost("c3.example", shut ? down : Third);
        using var world = new ClientWorld(
            open.Port,
            zone,
            null,
            ("Probing:Canaries:0", "c1.example"),
            ("Probing:Canaries:1", "c2.example"),
            ("Probing:Canaries:2", "c3.example")
        );

        var verdict = await world.ProbeAsync("rcpt.test");

        (verdict.Level, verdict.Reason).ShouldBe((TlsLevel.Unknown, reason));
        verdict.LivesUntil.ShouldBe(shut ? verdict.FoundAt : verdict.FoundAt.AddMinutes(1));
        world.Get<Egress>().IsKnownBlocked.ShouldBe(shut);
    }
}
