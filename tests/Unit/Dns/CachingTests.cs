using DnsClient;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>How long answers are kept.</summary>
public sealed class CachingTests : ScriptedResolver
{
    [Fact]
    public async Task Keeps_a_positive_answer_for_its_shortest_time_to_live()
    {
        Server.Replies[("a.example", QueryType.MX)] = new(
            WireRecord.Mx("a.example", 10, "mx1.a.example", 300),
            WireRecord.Mx("a.example", 20, "MX2.a.example.", 60)
        );
        var resolver = Resolver();
        var answer = await resolver.FindMxAsync(Name("a.example"), Cancellation);
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Records.ShouldBe([new MxRecord(10, "mx1.a.example"), new MxRecord(20, "MX2.a.example")]);
        answer.Expires.ShouldBe(Clock.GetUtcNow().AddSeconds(60));

        Clock.Advance(TimeSpan.FromSeconds(59));
        (await resolver.FindMxAsync(Name("A.example"), Cancellation)).ShouldBeSameAs(answer);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await resolver.FindMxAsync(Name("a.example"), Cancellation);
        Server.Asked.ShouldBe(["MX a.example", "MX a.example"]);
    }

    [Theory]
    [InlineData(false, DnsStatus.NoData)]
    [InlineData(true, DnsStatus.NxDomain)]
    public async Task Keeps_a_negative_answer_for_the_lesser_of_SOA_life_and_minimum(bool absent, object status)
    {
        Server.Replies[("a.example", QueryType.MX)] = absent ? WireReply.NxDomain(600, 30) : WireReply.NoData(20, 600);
        var resolver = Resolver();
        var answer = await resolver.FindMxAsync(Name("a.example"), Cancellation);
        answer.Status.ShouldBe((DnsStatus)status);
        answer.Expires.ShouldBe(Clock.GetUtcNow().AddSeconds(absent ? 30 : 20));
        (await resolver.FindMxAsync(Name("a.example"), Cancellation)).ShouldBeSameAs(answer);
        Server.Asked.Count.ShouldBe(1, "RFC 2308: negative answers are kept");
    }

    [Fact]
    public async Task Does_not_keep_a_negative_answer_without_SOA()
    {
        Server.Replies[("a.example", QueryType.MX)] = new();
        var resolver = Resolver();
        await resolver.FindMxAsync(Name("a.example"), Cancellation);
        await resolver.FindMxAsync(Name("a.example"), Cancellation);
        Server.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Keeps_no_more_answers_than_the_setting()
    {
        var cache = new DnsCache(Options.Create(new DnsOptions { CacheEntries = 50 }), Clock);
        for (var i = 0; i < 500; i++)
        {
            var name = Name($"n{i}.example");
            cache.Keep(
                name,
                QueryType.MX,
                new DnsAnswer<MxRecord>(DnsStatus.NoData, [], false, name, Clock.GetUtcNow().AddSeconds(i + 1))
            );
            cache.Count.ShouldBeLessThanOrEqualTo(50);
        }

        cache.Find<MxRecord>(Name("n499.example"), QueryType.MX).ShouldNotBeNull();
        await Task.CompletedTask;
    }
}
