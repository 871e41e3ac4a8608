using System.Net;
using CsCheck;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.Mx;

public sealed class MxLookupTests
{
    private static readonly MailDomain Domain = MailDomain.Parse("a.example");
    private readonly PlainResolver resolver = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_hosts_by_preference()
    {
        resolver.Mx["a.example"] = [new(20, "c.example"), new(5, "a.mx.example"), new(10, "b.example")];
        var answer = await FindAsync();
        answer.Status.ShouldBe(MxStatus.Hosts);
        answer.Reason.ShouldBe(MxReasons.Found);
        Names(answer).ShouldBe(["a.mx.example", "b.example", "c.example"]);
    }

    [Fact]
    public async Task Shuffles_hosts_of_equal_preference_and_those_alone()
    {
        resolver.Mx["a.example"] =
        [
            new(10, "b.example"),
            new(10, "c.example"),
            new(10, "d.example"),
            new(20, "z.example"),
        ];
        var orders = new HashSet<string>();
        for (var seed = 0; seed < 200; seed++)
        {
            var names = Names(await FindAsync(seed));
            names[3].ShouldBe("z.example");
            orders.Add(string.Join(' ', names));
        }

        orders.Count.ShouldBe(6, "each order of three equals comes up");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Takes_a_sole_dot_at_any_preference_for_a_null_MX(int preference)
    {
        resolver.Mx["a.example"] = [new(preference, ".")];
        resolver.Addresses["a.example"] = ["1.1.1.1"];
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.NoMail, MxReasons.NullMx));
        answer.Hosts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ignores_a_dot_beside_real_hosts()
    {
        resolver.Mx["a.example"] = [new(0, "."), new(10, "mx.example")];
        Names(await FindAsync()).ShouldBe(["mx.example"]);
    }

    [Fact]
    public async Task Is_its_own_host_where_there_is_no_MX_but_an_address()
    {
        resolver.Addresses["a.example"] = ["1.1.1.1"];
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.Hosts, MxReasons.Implicit));
        answer.Hosts.ShouldBe([new MxHost(PlainResolver.Name("a.example"), 0)]);
    }

    [Fact]
    public async Task Is_never_its_own_host_on_NXDOMAIN()
    {
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.NoSuchDomain, MxReasons.NoSuchDomain));
        resolver.Asked.ShouldBe(["mx a.example"]);
    }

    [Fact]
    public async Task Has_no_mail_host_where_there_is_neither_MX_nor_address()
    {
        resolver.Text["a.example"] = ["only text"];
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.NoMail, MxReasons.NoMailHost));
    }

    [Theory]
    [InlineData("mx a.example")]
    [InlineData("address a.example")]
    public async Task Could_not_find_out_where_a_question_failed(string failing)
    {
        resolver.Text["a.example"] = ["only text"];
        resolver.Failing.Add(failing);
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.Failed, DnsFailures.ServFail));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[127.0.0.1]")]
    [InlineData("::1")]
    [InlineData("10.1")]
    [InlineData("a..b")]
    [InlineData("mx\\032a.example")]
    [InlineData("")]
    public async Task Rejects_targets_that_are_no_host_and_does_not_fall_back_to_the_address(string target)
    {
        resolver.Mx["a.example"] = [new(10, target), new(20, target)];
        resolver.Addresses["a.example"] = ["1.1.1.1"];
        var answer = await FindAsync();
        (answer.Status, answer.Reason).ShouldBe((MxStatus.NoMail, MxReasons.BadMx));
    }

    [Fact]
    public async Task Uses_at_most_ten_hosts_the_most_preferred_ones_each_once()
    {
        resolver.Mx["a.example"] =
        [
            .. Enumerable.Range(0, 100).Select(i => new MxRecord(1000 - i, $"mx{i}.example")),
            new MxRecord(2000, "mx99.example"),
        ];
        var names = Names(await FindAsync());
        names.ShouldBe(Enumerable.Range(90, 10).Reverse().Select(i => $"mx{i}.example"));
    }

    [Fact]
    public async Task Alternates_address_families_and_uses_at_most_five()
    {
        resolver.Addresses["mx.example"] =
        [
            "1.1.1.1",
            "1.1.1.2",
            "1.1.1.3",
            "1.1.1.4",
            "2606::1",
            "2606::2",
            "2606::3",
        ];
        var answer = await new MxLookup(resolver, new Random(1)).FindAddressesAsync(
            new MxHost(PlainResolver.Name("mx.example"), 10),
            cancellation
        );
        answer.Records.ShouldBe(
            new[] { "2606::1", "1.1.1.1", "2606::2", "1.1.1.2", "2606::3" }.Select(IPAddress.Parse)
        );
    }

    [Fact]
    public async Task Follows_aliases_of_the_domain_and_tells_the_next_hop_and_whether_all_was_secure()
    {
        resolver.Aliases["a.example"] = "b.example";
        resolver.Mx["b.example"] = [new(10, "mx.example")];
        resolver.Secure.Add("a.example");
        (await FindAsync()).Secure.ShouldBeFalse();
        resolver.Secure.Add("b.example");
        var answer = await FindAsync();
        answer.Secure.ShouldBeTrue();
        answer.NextHop.Value.ShouldBe("b.example");
    }

    [Fact]
    public Task Gives_for_any_records_only_hosts_that_can_be_asked_for_in_order() =>
        Gen.Select(
                Gen.Int[0, 65535],
                Gen.OneOf<string>(
                    Gen.OneOf(".", "mx.example", "MX.example", "1.2.3.4", "a..b", "localhost"),
                    Gen.Char[' ', '~'].Array[0, 20].Select(chars => new string(chars))
                ),
                (preference, target) => new MxRecord(preference, target)
            )
            .Array[1, 20]
            .SampleAsync(
                async records =>
                {
                    var plain = new PlainResolver { Mx = { ["a.example"] = records } };
                    var answer = await new MxLookup(plain, new Random(1)).FindAsync(Domain, cancellation);
                    answer.Status.ShouldBeOneOf(MxStatus.Hosts, MxStatus.NoMail);
                    answer.Hosts.Count.ShouldBeLessThanOrEqualTo(10);
                    answer.Hosts.Select(host => host.Preference).ShouldBeInOrder();
                    answer.Hosts.Select(host => host.Name).ShouldBeUnique();
                    answer.Hosts.Any(host => host.Name.IsAddressLiteral).ShouldBeFalse();
                },
                iter: Campaign.FewInputs
            );

    private Task<MxAnswer> FindAsync(int seed = 1) =>
        new MxLookup(resolver, new Random(seed)).FindAsync(Domain, cancellation);

    private static List<string> Names(MxAnswer answer) => [.. answer.Hosts.Select(host => host.Name.Value)];
}
