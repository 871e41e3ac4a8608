using System.Net;
using CsCheck;
using DnsClient;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

public sealed class CachingResolverTests : IAsyncDisposable
{
    private readonly ScriptedDns server = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Keeps_a_positive_answer_for_its_shortest_time_to_live()
    {
        server.Replies[("a.example", QueryType.MX)] = new(
            WireRecord.Mx("a.example", 10, "mx1.a.example", 300),
            WireRecord.Mx("a.example", 20, "MX2.a.example.", 60)
        );
        var resolver = Resolver();
        var answer = await resolver.FindMxAsync(Name("a.example"), cancellation);
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Records.ShouldBe([new MxRecord(10, "mx1.a.example"), new MxRecord(20, "MX2.a.example")]);
        answer.Expires.ShouldBe(clock.GetUtcNow().AddSeconds(60));

        clock.Advance(TimeSpan.FromSeconds(59));
        (await resolver.FindMxAsync(Name("A.example"), cancellation)).ShouldBeSameAs(answer);
        clock.Advance(TimeSpan.FromSeconds(1));
        await resolver.FindMxAsync(Name("a.example"), cancellation);
        server.Asked.ShouldBe(["MX a.example", "MX a.example"]);
    }

    [Theory]
    [InlineData(false, DnsStatus.NoData)]
    [InlineData(true, DnsStatus.NxDomain)]
    public async Task Keeps_a_negative_answer_for_the_lesser_of_SOA_life_and_minimum(bool absent, object status)
    {
        server.Replies[("a.example", QueryType.MX)] = absent ? WireReply.NxDomain(600, 30) : WireReply.NoData(20, 600);
        var resolver = Resolver();
        var answer = await resolver.FindMxAsync(Name("a.example"), cancellation);
        answer.Status.ShouldBe((DnsStatus)status);
        answer.Expires.ShouldBe(clock.GetUtcNow().AddSeconds(absent ? 30 : 20));
        (await resolver.FindMxAsync(Name("a.example"), cancellation)).ShouldBeSameAs(answer);
        server.Asked.Count.ShouldBe(1, "RFC 2308: negative answers are kept");
    }

    [Fact]
    public async Task Does_not_keep_a_negative_answer_without_SOA()
    {
        server.Replies[("a.example", QueryType.MX)] = new();
        var resolver = Resolver();
        await resolver.FindMxAsync(Name("a.example"), cancellation);
        await resolver.FindMxAsync(Name("a.example"), cancellation);
        server.Asked.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(2, DnsFailures.ServFail)]
    [InlineData(5, DnsFailures.Refused)]
    [InlineData(1, DnsFailures.Refused)]
    [InlineData(4, DnsFailures.Refused)]
    public async Task Never_takes_an_error_for_absence_and_never_keeps_it(byte code, string failure)
    {
        server.Replies[("a.example", QueryType.MX)] = new() { Code = code };
        var resolver = Resolver();
        for (var i = 1; i <= 2; i++)
        {
            var answer = await resolver.FindMxAsync(Name("a.example"), cancellation);
            answer.Status.ShouldBe(DnsStatus.Failed);
            answer.Failure.ShouldBe(failure);
            server.Asked.Count.ShouldBe(i);
        }
    }

    [Fact]
    public async Task Does_not_let_the_next_server_paper_over_a_SERVFAIL()
    {
        await using var second = new ScriptedDns();
        second.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"));
        server.Replies[("a.example", QueryType.MX)] = new() { Code = 2 };
        var answer = await Resolver(options => options.Servers.Add(second.Server))
            .FindMxAsync(Name("a.example"), cancellation);
        answer.Failure.ShouldBe(DnsFailures.ServFail);
        second.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Does_not_let_the_next_server_paper_over_an_absence()
    {
        await using var second = new ScriptedDns();
        second.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"));
        server.Replies[("a.example", QueryType.MX)] = WireReply.NoData(60, 60);
        var answer = await Resolver(options => options.Servers.Add(second.Server))
            .FindMxAsync(Name("a.example"), cancellation);
        answer.Status.ShouldBe(DnsStatus.NoData);
        second.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tells_a_time_out_from_a_cancellation()
    {
        server.Replies[("a.example", QueryType.MX)] = new() { Silent = true };
        var resolver = Resolver(options => options.Timeout = TimeSpan.FromMilliseconds(200));
        (await resolver.FindMxAsync(Name("a.example"), cancellation)).Failure.ShouldBe(DnsFailures.Timeout);

        using var ended = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var patient = Resolver(options => options.Timeout = TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<OperationCanceledException>(() => patient.FindMxAsync(Name("a.example"), ended.Token));
    }

    [Fact]
    public async Task Says_failed_where_no_server_listens()
    {
        var resolver = Resolver(options => options.Servers = ["127.0.0.1:1"]);
        (await resolver.FindMxAsync(Name("a.example"), cancellation)).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task Refuses_an_answer_to_another_question()
    {
        server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"))
        {
            OtherQuestion = "b.example",
        };
        (await Resolver().FindMxAsync(Name("a.example"), cancellation)).Failure.ShouldBe(DnsFailures.Malformed);
    }

    [Fact]
    public async Task Ignores_records_of_other_owners_and_types()
    {
        server.Replies[("a.example", QueryType.MX)] = new(
            WireRecord.Mx("b.example", 1, "evil.example"),
            WireRecord.Text("a.example", "noise"),
            WireRecord.Mx("A.EXAMPLE", 10, "mx.a.example")
        );
        var answer = await Resolver().FindMxAsync(Name("a.example"), cancellation);
        answer.Records.ShouldBe([new MxRecord(10, "mx.a.example")]);
    }

    [Fact]
    public async Task Reads_owners_and_targets_that_are_A_labels()
    {
        server.Replies[("xn--r8jz45g.jp", QueryType.MX)] = new(
            WireRecord.Alias("xn--r8jz45g.jp", "xn--bcher-kva.example"),
            WireRecord.Mx("xn--bcher-kva.example", 10, "mx.xn--r8jz45g.jp")
        );
        var answer = await Resolver().FindMxAsync(Name("xn--r8jz45g.jp"), cancellation);
        answer.Records.ShouldBe([new MxRecord(10, "mx.xn--r8jz45g.jp")]);
        answer.Owner.Value.ShouldBe("xn--bcher-kva.example");
    }

    [Fact]
    public async Task Chases_an_alias_that_the_server_left_open()
    {
        server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Alias("a.example", "b.example", 40))
        {
            Authentic = true,
        };
        server.Replies[("b.example", QueryType.MX)] = new(WireRecord.Mx("b.example", 10, "mx.b.example", 300));
        var answer = await Resolver(options => options.Validating = true).FindMxAsync(Name("a.example"), cancellation);
        answer.Owner.Value.ShouldBe("b.example");
        answer.Records.ShouldHaveSingleItem();
        answer.Expires.ShouldBe(clock.GetUtcNow().AddSeconds(40));
        answer.Secure.ShouldBeFalse("the second step was not validated");
    }

    [Fact]
    public async Task Takes_an_alias_with_SOA_for_a_finished_absence()
    {
        server.Replies[("a.example", QueryType.MX)] = WireReply.NoData(60, 60) with
        {
            Answers = [WireRecord.Alias("a.example", "b.example")],
        };
        var answer = await Resolver().FindMxAsync(Name("a.example"), cancellation);
        answer.Status.ShouldBe(DnsStatus.NoData);
        answer.Owner.Value.ShouldBe("b.example");
        server.Asked.ShouldBe(["MX a.example"]);
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
        server.Replies[("n0.example", QueryType.A)] = new([.. chain, end]);
        (await Resolver().FindAddressesAsync(Name("n0.example"), cancellation)).Status.ShouldBe((DnsStatus)status);

        server.Replies.Clear();
        chain.ForEach(alias => server.Replies[(alias.Owner, QueryType.A)] = new(alias));
        server.Replies[(end.Owner, QueryType.A)] = new(end);
        (await Resolver().FindAddressesAsync(Name("n0.example"), cancellation)).Status.ShouldBe((DnsStatus)status);
    }

    [Fact]
    public async Task Ends_at_a_loop_of_aliases()
    {
        server.Replies[("a.example", QueryType.A)] = new(WireRecord.Alias("a.example", "b.example"));
        server.Replies[("b.example", QueryType.A)] = new(WireRecord.Alias("b.example", "a.example"));
        var answer = await Resolver().FindAddressesAsync(Name("a.example"), cancellation);
        answer.Failure.ShouldBe(DnsFailures.AliasChain);
    }

    [Fact]
    public async Task Asks_A_and_AAAA_and_takes_one_family_where_the_other_fails()
    {
        server.Replies[("a.example", QueryType.A)] = new(WireRecord.Address("a.example", "1.1.1.1"));
        server.Replies[("a.example", QueryType.AAAA)] = new() { Code = 2 };
        var answer = await Resolver().FindAddressesAsync(Name("a.example"), cancellation);
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Records.ShouldBe([IPAddress.Parse("1.1.1.1")]);
    }

    [Fact]
    public async Task Does_not_take_a_failure_of_one_family_for_absence()
    {
        server.Replies[("a.example", QueryType.A)] = WireReply.NoData(60, 60);
        server.Replies[("a.example", QueryType.AAAA)] = new() { Code = 2 };
        (await Resolver().FindAddressesAsync(Name("a.example"), cancellation)).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task Joins_the_strings_of_a_TXT_record()
    {
        server.Replies[("_mta-sts.a.example", QueryType.TXT)] = new(
            WireRecord.Text("_mta-sts.a.example", "v=STSv1;", " id=1;")
        );
        (await Resolver().FindTextAsync(Name("_mta-sts.a.example"), cancellation)).Records.ShouldBe(["v=STSv1; id=1;"]);
    }

    [Theory]
    [InlineData("030101aabb", "3 1 1 aabb")]
    [InlineData("030101", "3 1 1 ")]
    [InlineData("ffffff00", "255 255 255 00")]
    public async Task Reads_TLSA_records_of_any_content(string data, string expected)
    {
        server.Replies[("_25._tcp.a.example", QueryType.TLSA)] = new(
            new WireRecord("_25._tcp.a.example", QueryType.TLSA, 60, Convert.FromHexString(data))
        );
        var answer = await Resolver().FindTlsaAsync(Name("_25._tcp.a.example"), cancellation);
        answer.Records.ShouldHaveSingleItem().ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData(QueryType.TLSA, "0301")]
    [InlineData(QueryType.TLSA, "")]
    [InlineData(QueryType.MX, "00")]
    [InlineData(QueryType.MX, "000aff")]
    [InlineData(QueryType.TXT, "ff41")]
    public async Task Says_malformed_where_record_data_breaks_the_library(QueryType type, string data)
    {
        server.Replies[("a.example", type)] = new(new WireRecord("a.example", type, 60, Convert.FromHexString(data)));
        var failure = type switch
        {
            QueryType.TLSA => (await Resolver().FindTlsaAsync(Name("a.example"), cancellation)).Failure,
            QueryType.TXT => (await Resolver().FindTextAsync(Name("a.example"), cancellation)).Failure,
            _ => (await Resolver().FindMxAsync(Name("a.example"), cancellation)).Failure,
        };
        failure.ShouldBe(DnsFailures.Malformed);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Believes_the_AD_bit_only_of_a_validating_resolver(bool validating, bool secure)
    {
        server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "mx.a.example"))
        {
            Authentic = true,
        };
        var resolver = Resolver(options => options.Validating = validating);
        (await resolver.FindMxAsync(Name("a.example"), cancellation)).Secure.ShouldBe(secure);
    }

    [Fact]
    public async Task Always_sets_DO_with_a_buffer_of_1232()
    {
        await Resolver().FindMxAsync(Name("a.example"), cancellation);
        // The OPT record: root, type 41, class = buffer size, extended code and version, flags with DO.
        Convert.ToHexStringLower(server.LastQuery).ShouldContain("000029" + "04d0" + "0000" + "8000");
    }

    [Fact]
    public async Task Finds_the_one_alias_at_a_name()
    {
        server.Replies[("a.example", QueryType.CNAME)] = new(WireRecord.Alias("a.example", "b.example"))
        {
            Authentic = true,
        };
        var answer = await Resolver(options => options.Validating = true)
            .FindAliasAsync(Name("a.example"), cancellation);
        answer.Records.ShouldBe([Name("b.example")]);
        answer.Secure.ShouldBeTrue();
        answer.Owner.ShouldBe(Name("a.example"));
    }

    [Fact]
    public async Task Keeps_no_more_answers_than_the_setting()
    {
        var cache = new DnsCache(Options.Create(new DnsOptions { CacheEntries = 50 }), clock);
        for (var i = 0; i < 500; i++)
        {
            var name = Name($"n{i}.example");
            cache.Keep(
                name,
                QueryType.MX,
                new DnsAnswer<MxRecord>(DnsStatus.NoData, [], false, name, clock.GetUtcNow().AddSeconds(i + 1))
            );
            cache.Count.ShouldBeLessThanOrEqualTo(50);
        }

        cache.Find<MxRecord>(Name("n499.example"), QueryType.MX).ShouldNotBeNull();
        await Task.CompletedTask;
    }

    [Fact]
    public Task Survives_any_bytes_as_a_reply() =>
        Gen.Select(
                Gen.Byte.Array[0, 64],
                Gen.OneOf(QueryType.MX, QueryType.TXT, QueryType.TLSA, QueryType.A, QueryType.CNAME)
            )
            .SampleAsync(
                async (data, type) =>
                {
                    server.Replies[("a.example", type)] = new(new WireRecord("a.example", type, 0, data));
                    var exchange = new DnsExchange(Options.Create(Settings()));
                    var reply = await exchange.AskAsync(Name("a.example"), type, cancellation);
                    reply.Status.ShouldBeOneOf(DnsStatus.Found, DnsStatus.Failed);
                },
                iter: 200,
                threads: 1
            );

    private CachingResolver Resolver(Action<DnsOptions>? change = null)
    {
        var options = Settings();
        change?.Invoke(options);
        return new CachingResolver(
            new DnsExchange(Options.Create(options)),
            new DnsCache(Options.Create(options), clock),
            clock
        );
    }

    private DnsOptions Settings() =>
        new()
        {
            Servers = [server.Server],
            Retries = 0,
            Timeout = TimeSpan.FromSeconds(10),
        };

    private static DnsName Name(string text) => PlainResolver.Name(text);
}
