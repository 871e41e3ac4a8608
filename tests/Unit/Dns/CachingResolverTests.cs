using System.Net;
using DnsClient;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>How questions end: errors, time-outs, families.</summary>
public sealed class CachingResolverTests : ScriptedResolver
{
    [Theory]
    [InlineData(2, DnsFailures.ServFail)]
    [InlineData(5, DnsFailures.Refused)]
    [InlineData(1, DnsFailures.Refused)]
    [InlineData(4, DnsFailures.Refused)]
    public async Task Never_takes_an_error_for_absence_and_never_keeps_it(byte code, string failure)
    {
        Server.Replies[("a.example", QueryType.MX)] = new() { Code = code };
        var resolver = Resolver();
        for (var i = 1; i <= 2; i++)
        {
            var answer = await resolver.FindMxAsync(Name("a.example"), Cancellation);
            answer.Status.ShouldBe(DnsStatus.Failed);
            answer.Failure.ShouldBe(failure);
            Server.Asked.Count.ShouldBe(i);
        }
    }

    [Fact]
    public async Task Does_not_let_the_next_server_paper_over_a_SERVFAIL()
    {
        await using var second = new ScriptedDns();
        second.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"));
        Server.Replies[("a.example", QueryType.MX)] = new() { Code = 2 };
        var answer = await Resolver(options => options.Servers.Add(second.Server))
            .FindMxAsync(Name("a.example"), Cancellation);
        answer.Failure.ShouldBe(DnsFailures.ServFail);
        second.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Does_not_let_the_next_server_paper_over_an_absence()
    {
        await using var second = new ScriptedDns();
        second.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"));
        Server.Replies[("a.example", QueryType.MX)] = WireReply.NoData(60, 60);
        var answer = await Resolver(options => options.Servers.Add(second.Server))
            .FindMxAsync(Name("a.example"), Cancellation);
        answer.Status.ShouldBe(DnsStatus.NoData);
        second.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tells_a_time_out_from_a_cancellation()
    {
        Server.Replies[("a.example", QueryType.MX)] = new() { Silent = true };
        var resolver = Resolver(options => options.Timeout = TimeSpan.FromMilliseconds(200));
        (await resolver.FindMxAsync(Name("a.example"), Cancellation)).Failure.ShouldBe(DnsFailures.Timeout);

        using var ended = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var patient = Resolver(options => options.Timeout = TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<OperationCanceledException>(() => patient.FindMxAsync(Name("a.example"), ended.Token));
    }

    [Fact]
    public async Task Says_failed_where_no_server_listens()
    {
        var resolver = Resolver(options => options.Servers = ["127.0.0.1:1"]);
        (await resolver.FindMxAsync(Name("a.example"), Cancellation)).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task Asks_A_and_AAAA_and_takes_one_family_where_the_other_fails()
    {
        Server.Replies[("a.example", QueryType.A)] = new(WireRecord.Address("a.example", "1.1.1.1"));
        Server.Replies[("a.example", QueryType.AAAA)] = new() { Code = 2 };
        var answer = await Resolver().FindAddressesAsync(Name("a.example"), Cancellation);
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Records.ShouldBe([IPAddress.Parse("1.1.1.1")]);
    }

    [Fact]
    public async Task Does_not_take_a_failure_of_one_family_for_absence()
    {
        Server.Replies[("a.example", QueryType.A)] = WireReply.NoData(60, 60);
        Server.Replies[("a.example", QueryType.AAAA)] = new() { Code = 2 };
        (await Resolver().FindAddressesAsync(Name("a.example"), Cancellation)).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task Asks_again_where_the_server_has_closed_idle_connections()
    {
        Server.Closes = true;
        var resolver = Resolver();
        for (var burst = 0; burst < 3; burst++)
        {
            var names = Enumerable.Range(burst * 20, 8).Select(i => $"n{i}.example").ToList();
            names.ForEach(name => Server.Replies[(name, QueryType.MX)] = new(WireRecord.Mx(name, 10, "mx.example")));
            var answers = await Task.WhenAll(names.Select(name => resolver.FindMxAsync(Name(name), Cancellation)));
            answers.ShouldAllBe(answer => answer.Status == DnsStatus.Found);
        }
    }

    [Theory]
    [InlineData(true, true, "9.9.9.9", true)]
    [InlineData(true, false, "9.9.9.9", false)]
    [InlineData(true, false, "127.0.0.1", true)]
    [InlineData(true, false, "::1", true)]
    [InlineData(false, true, "127.0.0.1", false)]
    public void Believes_the_AD_bit_over_TCP_or_on_loopback_alone(
        bool validating,
        bool tcp,
        string server,
        bool believes
    ) =>
        DnsExchange
            .BelievesAd(
                new DnsOptions { Validating = validating, UseTcp = tcp },
                [new IPEndPoint(IPAddress.Parse(server), 53)]
            )
            .ShouldBe(believes);
}
