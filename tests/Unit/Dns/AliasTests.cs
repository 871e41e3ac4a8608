using DnsClient;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>Chains of aliases.</summary>
public sealed class AliasTests : ScriptedResolver
{
    [Fact]
    public async Task Chases_an_alias_that_the_server_left_open()
    {
        Server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Alias("a.example", "b.example", 40))
        {
            Authentic = true,
        };
        Server.Replies[("b.example", QueryType.MX)] = new(WireRecord.Mx("b.example", 10, "mx.b.example", 300));
        var answer = await Resolver(options => options.Validating = true).FindMxAsync(Name("a.example"), Cancellation);
        answer.Owner.Value.ShouldBe("b.example");
        answer.Records.ShouldHaveSingleItem();
        answer.Expires.ShouldBe(Clock.GetUtcNow().AddSeconds(40));
        answer.Secure.ShouldBeFalse("the second step was not validated");
    }

    [Fact]
    public async Task Takes_an_alias_with_SOA_for_a_finished_absence()
    {
        Server.Replies[("a.example", QueryType.MX)] = WireReply.NoData(60, 60) with
        {
            Answers = [WireRecord.Alias("a.example", "b.example")],
        };
        var answer = await Resolver().FindMxAsync(Name("a.example"), Cancellation);
        answer.Status.ShouldBe(DnsStatus.NoData);
        answer.Owner.Value.ShouldBe("b.example");
        Server.Asked.ShouldBe(["MX a.example"]);
    }

    [Theory]
    [InlineData(10, DnsStatus.Found)]
    [InlineData(11, DnsStatus.Failed)]
    public async Task Follows_at_most_ten_aliases_in_one_reply_or_over_many(int length, object status)
    {
        var chain = Enumerable
            .Range(0, length)
            .Select(i => WireRecord.Alias($"n{i}.example", $"n{i + 1}.example"))
            .ToList();
        var end = WireRecord.Address($"n{length}.example", "1.1.1.1");
        Server.Replies[("n0.example", QueryType.A)] = new([.. chain, end]);
        (await Resolver().FindAddressesAsync(Name("n0.example"), Cancellation)).Status.ShouldBe((DnsStatus)status);

        Server.Replies.Clear();
        chain.ForEach(alias => Server.Replies[(alias.Owner, QueryType.A)] = new(alias));
        Server.Replies[(end.Owner, QueryType.A)] = new(end);
        (await Resolver().FindAddressesAsync(Name("n0.example"), Cancellation)).Status.ShouldBe((DnsStatus)status);
    }

    [Fact]
    public async Task Ends_at_a_loop_of_aliases()
    {
        Server.Replies[("a.example", QueryType.A)] = new(WireRecord.Alias("a.example", "b.example"));
        Server.Replies[("b.example", QueryType.A)] = new(WireRecord.Alias("b.example", "a.example"));
        var answer = await Resolver().FindAddressesAsync(Name("a.example"), Cancellation);
        answer.Failure.ShouldBe(DnsFailures.AliasChain);
    }

    [Fact]
    public async Task Finds_the_one_alias_at_a_name()
    {
        Server.Replies[("a.example", QueryType.CNAME)] = new(WireRecord.Alias("a.example", "b.example"))
        {
            Authentic = true,
        };
        var answer = await Resolver(options => options.Validating = true)
            .FindAliasAsync(Name("a.example"), Cancellation);
        answer.Records.ShouldBe([Name("b.example")]);
        answer.Secure.ShouldBeTrue();
        answer.Owner.ShouldBe(Name("a.example"));
    }
}
