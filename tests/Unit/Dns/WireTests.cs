using CsCheck;
using DnsClient;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>What is read off the wire.</summary>
public sealed class WireTests : ScriptedResolver
{
    [Fact]
    public async Task Refuses_an_answer_to_another_question()
    {
        Server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "evil.example"))
        {
            OtherQuestion = "b.example",
        };
        (await Resolver().FindMxAsync(Name("a.example"), Cancellation)).Failure.ShouldBe(DnsFailures.Malformed);
    }

    [Fact]
    public async Task Ignores_records_of_other_owners_and_types()
    {
        Server.Replies[("a.example", QueryType.MX)] = new(
            WireRecord.Mx("b.example", 1, "evil.example"),
            WireRecord.Text("a.example", "noise"),
            WireRecord.Mx("A.EXAMPLE", 10, "mx.a.example")
        );
        var answer = await Resolver().FindMxAsync(Name("a.example"), Cancellation);
        answer.Records.ShouldBe([new MxRecord(10, "mx.a.example")]);
    }

    [Fact]
    public async Task Reads_owners_and_targets_that_are_A_labels()
    {
        Server.Replies[("xn--r8jz45g.jp", QueryType.MX)] = new(
            WireRecord.Alias("xn--r8jz45g.jp", "xn--bcher-kva.example"),
            WireRecord.Mx("xn--bcher-kva.example", 10, "mx.xn--r8jz45g.jp")
        );
        var answer = await Resolver().FindMxAsync(Name("xn--r8jz45g.jp"), Cancellation);
        answer.Records.ShouldBe([new MxRecord(10, "mx.xn--r8jz45g.jp")]);
        answer.Owner.Value.ShouldBe("xn--bcher-kva.example");
    }

    [Fact]
    public async Task Joins_the_strings_of_a_TXT_record()
    {
        Server.Replies[("_mta-sts.a.example", QueryType.TXT)] = new(
            WireRecord.Text("_mta-sts.a.example", "v=STSv1;", " id=1;")
        );
        (await Resolver().FindTextAsync(Name("_mta-sts.a.example"), Cancellation)).Records.ShouldBe(["v=STSv1; id=1;"]);
    }

    [Theory]
    [InlineData("030101aabb", "3 1 1 aabb")]
    [InlineData("030101", "3 1 1 ")]
    [InlineData("ffffff00", "255 255 255 00")]
    public async Task Reads_TLSA_records_of_any_content(string data, string expected)
    {
        Server.Replies[("_25._tcp.a.example", QueryType.TLSA)] = new(
            new WireRecord("_25._tcp.a.example", QueryType.TLSA, 60, Convert.FromHexString(data))
        );
        var answer = await Resolver().FindTlsaAsync(Name("_25._tcp.a.example"), Cancellation);
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
        Server.Replies[("a.example", type)] = new(new WireRecord("a.example", type, 60, Convert.FromHexString(data)));
        var failure = type switch
        {
            QueryType.TLSA => (await Resolver().FindTlsaAsync(Name("a.example"), Cancellation)).Failure,
            QueryType.TXT => (await Resolver().FindTextAsync(Name("a.example"), Cancellation)).Failure,
            _ => (await Resolver().FindMxAsync(Name("a.example"), Cancellation)).Failure,
        };
        failure.ShouldBe(DnsFailures.Malformed);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Believes_the_AD_bit_only_of_a_validating_resolver(bool validating, bool secure)
    {
        Server.Replies[("a.example", QueryType.MX)] = new(WireRecord.Mx("a.example", 10, "mx.a.example"))
        {
            Authentic = true,
        };
        var resolver = Resolver(options => options.Validating = validating);
        (await resolver.FindMxAsync(Name("a.example"), Cancellation)).Secure.ShouldBe(secure);
    }

    [Fact]
    public async Task Always_sets_DO_with_a_buffer_of_1232()
    {
        await Resolver().FindMxAsync(Name("a.example"), Cancellation);
        // The OPT record: root, type 41, class = buffer size, extended code and version, flags with DO.
        Convert.ToHexStringLower(Server.LastQuery).ShouldContain("000029" + "04d0" + "0000" + "8000");
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
                    Server.Replies[("a.example", type)] = new(new WireRecord("a.example", type, 0, data));
                    var exchange = new DnsExchange(Options.Create(Settings()));
                    var reply = await exchange.AskAsync(Name("a.example"), type, Cancellation);
                    reply.Status.ShouldBeOneOf(DnsStatus.Found, DnsStatus.Failed);
                },
                iter: 200,
                threads: 1
            );
}
