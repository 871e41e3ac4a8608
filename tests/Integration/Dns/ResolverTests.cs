using System.Net;
using Microsoft.Extensions.Options;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;

namespace TlsOrLink.Tests.Integration.Dns;

/// <summary>The product's resolver against unbound with real zones.</summary>
public sealed class ResolverTests(TestWorld world) : IClassFixture<TestWorld>
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ZoneSecurity.Unsigned, true, false)]
    [InlineData(ZoneSecurity.Signed, true, true)]
    [InlineData(ZoneSecurity.Signed, false, true)]
    public async Task Finds_records_and_tells_whether_they_are_validated(ZoneSecurity security, bool tcp, bool secure)
    {
        var name = await ZoneAsync(security);
        var resolver = await ResolverAsync(options => options.UseTcp = tcp);
        var mx = await resolver.FindMxAsync(Name(name), cancellation);
        (mx.Status, mx.Secure).ShouldBe((DnsStatus.Found, secure));
        mx.Records.ShouldBe([new MxRecord(10, $"mx.{name}")]);
        var addresses = await resolver.FindAddressesAsync(Name($"mx.{name}"), cancellation);
        (addresses.Status, addresses.Secure).ShouldBe((DnsStatus.Found, secure));
        addresses.Records.ShouldBe([IPAddress.Parse("127.0.0.2")]);
        var text = await resolver.FindTextAsync(Name($"_mta-sts.{name}"), cancellation);
        text.Records.ShouldBe(["v=STSv1; id=1"]);
    }

    [Theory]
    [InlineData(ZoneSecurity.Bogus)]
    [InlineData(ZoneSecurity.WrongKey)]
    [InlineData(ZoneSecurity.Failing)]
    public async Task Says_SERVFAIL_for_bogus_and_broken_zones_and_never_absence(ZoneSecurity security)
    {
        var name = await ZoneAsync(security);
        var resolver = await ResolverAsync();
        var mx = await resolver.FindMxAsync(Name(name), cancellation);
        (mx.Status, mx.Failure, mx.Secure).ShouldBe((DnsStatus.Failed, DnsFailures.ServFail, false));
        (await new MxLookup(resolver, new Random(1)).FindAsync(MailDomain.Parse(name), cancellation)).Status.ShouldBe(
            MxStatus.Failed
        );
    }

    [Fact]
    public async Task Says_time_out_for_a_zone_that_swallows_questions()
    {
        var name = await ZoneAsync(ZoneSecurity.Silent);
        var resolver = await ResolverAsync(options =>
            (options.Timeout, options.Retries) = (TimeSpan.FromMilliseconds(300), 0)
        );
        (await resolver.FindMxAsync(Name(name), cancellation)).Failure.ShouldBe(DnsFailures.Timeout);
    }

    [Theory]
    [InlineData(ZoneSecurity.Unsigned, false)]
    [InlineData(ZoneSecurity.Signed, true)]
    public async Task Tells_a_missing_name_from_missing_records(ZoneSecurity security, bool secure)
    {
        var name = await ZoneAsync(security);
        var resolver = await ResolverAsync();
        var absent = await resolver.FindMxAsync(Name($"absent.{name}"), cancellation);
        (absent.Status, absent.Secure).ShouldBe((DnsStatus.NxDomain, secure));
        var empty = await resolver.FindMxAsync(Name($"mx.{name}"), cancellation);
        (empty.Status, empty.Secure).ShouldBe((DnsStatus.NoData, secure));
        empty.Expires.ShouldBeGreaterThan(DateTimeOffset.UtcNow, "the SOA gives negative answers a life");
    }

    [Theory]
    [InlineData(ZoneSecurity.Unsigned, false)]
    [InlineData(ZoneSecurity.Signed, true)]
    public async Task Follows_aliases_to_another_zone_and_adds_up_what_is_secure(ZoneSecurity target, bool secure)
    {
        var other = await ZoneAsync(target);
        var name = await ZoneAsync(ZoneSecurity.Signed, $"www CNAME mx.{other}.", $"list CNAME {other}.");
        var resolver = await ResolverAsync();
        var addresses = await resolver.FindAddressesAsync(Name($"www.{name}"), cancellation);
        (addresses.Status, addresses.Secure, addresses.Owner.Value).ShouldBe((DnsStatus.Found, secure, $"mx.{other}"));
        var alias = await resolver.FindAliasAsync(Name($"www.{name}"), cancellation);
        (alias.Status, alias.Secure).ShouldBe((DnsStatus.Found, true));
        var mx = await resolver.FindMxAsync(Name($"list.{name}"), cancellation);
        (mx.Status, mx.Secure, mx.Owner.Value).ShouldBe((DnsStatus.Found, secure, other));
    }

    [Theory]
    [InlineData("198.18.7.5", "7.18.198.in-addr.arpa", "5 PTR mx-out.sender.example.")]
    [InlineData(
        "2001:db9::5",
        "9.b.d.0.1.0.0.2.ip6.arpa",
        "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR mx-out.sender.example."
    )]
    public async Task Finds_the_reverse_name_of_an_address(string address, string zone, string record)
    {
        await (await world.Dns).SetAsync(new Zone(zone, record));
        var answer = await (await ResolverAsync()).FindHostNamesAsync(IPAddress.Parse(address), cancellation);
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Records.ShouldBe([Name("mx-out.sender.example")]);
    }

    [Fact]
    public async Task Asks_a_second_time_only_after_the_time_to_live()
    {
        var name = await ZoneAsync(ZoneSecurity.Unsigned);
        var resolver = await ResolverAsync();
        for (var i = 0; i < 3; i++)
        {
            await resolver.FindMxAsync(Name(name), cancellation);
            await resolver.FindMxAsync(Name($"absent.{name}"), cancellation);
        }

        var asked = await (await world.Dns).GetQuestionsAsync();
        asked.Count(question => question.Name == name).ShouldBe(1);
        asked.Count(question => question.Name == $"absent.{name}").ShouldBe(1);
    }

    [Theory]
    [InlineData(ZoneSecurity.Signed, true, DaneStatus.Usable)]
    [InlineData(ZoneSecurity.Signed, false, DaneStatus.NoRecords)]
    [InlineData(ZoneSecurity.Unsigned, true, DaneStatus.NoRecords)]
    public async Task Finds_TLSA_only_in_a_signed_zone_with_a_validating_resolver(
        ZoneSecurity security,
        bool validating,
        object expected
    )
    {
        var name = await ZoneAsync(security, Zone.Tlsa(25, "mx", 3, 1, 1, new string('a', 64)));
        (await DaneAsync(name, options => options.Validating = validating)).Status.ShouldBe((DaneStatus)expected);
    }

    [Fact]
    public async Task Cannot_find_out_where_the_TLSA_of_a_signed_zone_is_bogus()
    {
        var name = NewName();
        var zone = new Zone(name, "@ MX 10 mx", "mx A 127.0.0.2", Zone.Tlsa(25, "mx", 3, 1, 1, new string('a', 64)))
        {
            Security = ZoneSecurity.Bogus,
            BogusTypes = ["TLSA"],
        };
        await (await world.Dns).SetAsync(zone);
        (await DaneAsync(name)).Status.ShouldBe(DaneStatus.Failed);
    }

    private async Task<DaneRecords> DaneAsync(string name, Action<DnsOptions>? change = null)
    {
        var resolver = await ResolverAsync(change);
        var lookup = new MxLookup(resolver, new Random(1));
        var mx = await lookup.FindAsync(MailDomain.Parse(name), cancellation);
        var addresses = await lookup.FindAddressesAsync(mx.Hosts[0], cancellation);
        return await new DaneLookup(resolver).FindAsync(mx, mx.Hosts[0], addresses, cancellation);
    }

    private async Task<string> ZoneAsync(ZoneSecurity security, params string[] more)
    {
        var name = NewName();
        string[] records = ["@ MX 10 mx", "mx A 127.0.0.2", "_mta-sts TXT \"v=STSv1; id=1\"", .. more];
        await (await world.Dns).SetAsync(new Zone(name, records) { Security = security });
        return name;
    }

    private async Task<CachingResolver> ResolverAsync(Action<DnsOptions>? change = null)
    {
        var settings = new DnsOptions { Servers = [(await world.Dns).EndPoint.ToString()], Validating = true };
        change?.Invoke(settings);
        var options = Options.Create(settings);
        return new CachingResolver(
            new DnsExchange(options),
            new DnsCache(options, TimeProvider.System),
            TimeProvider.System
        );
    }

    private static string NewName() => $"{Guid.NewGuid():N}.test";

    private static DnsName Name(string text) =>
        DnsName.TryParse(text, out var name) ? name : throw new ArgumentException("Mend the test.", nameof(text));
}
