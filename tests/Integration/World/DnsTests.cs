using System.Net;
using DnsClient;
using DnsClient.Protocol;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.World;

public sealed class DnsTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.2");

    [Theory]
    [InlineData(ZoneSecurity.Unsigned, "No Error", false)]
    [InlineData(ZoneSecurity.Signed, "No Error", true)]
    [InlineData(ZoneSecurity.Bogus, "Server Failure", false)]
    [InlineData(ZoneSecurity.WrongKey, "Server Failure", false)]
    [InlineData(ZoneSecurity.Failing, "Server Failure", false)]
    public async Task A_zone_is_answered_as_its_security_says(ZoneSecurity security, string answer, bool authentic)
    {
        var (dns, name) = (await world.Dns, NewName());
        await dns.SetAsync(Zone.Mail(name, Address) with { Security = security });
        foreach (var type in new[] { QueryType.MX, QueryType.A })
        {
            var response = await AskAsync(type == QueryType.A ? $"mx.{name}" : name, type);
            response.HasError.ShouldBe(security is not (ZoneSecurity.Unsigned or ZoneSecurity.Signed));
            (response.HasError ? response.ErrorMessage : "No Error").ShouldBe(answer, $"{type} of {security}");
            response.Header.IsAuthenticData.ShouldBe(authentic);
            response
                .Answers.OfType<MxRecord>()
                .Select(m => m.Exchange.Value)
                .ShouldBe(type == QueryType.MX && !response.HasError ? [$"mx.{name}."] : []);
        }
    }

    [Fact]
    public async Task Only_the_altered_types_of_a_bogus_zone_fail()
    {
        var (dns, name) = (await world.Dns, NewName());
        var tlsa = Zone.Tlsa(25, "mx", 3, 1, 1, new string('a', 64));
        var zone = new Zone(name, "@ MX 10 mx", "mx A 127.0.0.2", tlsa)
        {
            Security = ZoneSecurity.Bogus,
            BogusTypes = ["TLSA"],
        };
        await dns.SetAsync(zone);
        (await AskAsync(name, QueryType.MX)).Header.IsAuthenticData.ShouldBeTrue();
        (await AskAsync($"_25._tcp.mx.{name}", QueryType.TLSA)).Header.ResponseCode.ShouldBe(
            DnsHeaderResponseCode.ServerFailure
        );
        await dns.SetAsync(zone with { Security = ZoneSecurity.Signed });
        (await AskAsync($"_25._tcp.mx.{name}", QueryType.TLSA)).Answers.TlsaRecords().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_replaced_zone_is_answered_anew_at_once_and_others_stay()
    {
        var (dns, name, other) = (await world.Dns, NewName(), NewName());
        await dns.SetAsync(Zone.Mail(name, Address), Zone.Mail(other, Address));
        (await AskAsync(name, QueryType.MX)).Answers.Count.ShouldBe(1);
        await dns.SetAsync(new Zone(name, "@ MX 10 a", "@ MX 20 b"));
        (await AskAsync(name, QueryType.MX)).Answers.Count.ShouldBe(2);
        (await AskAsync(other, QueryType.MX)).Answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_no_zone_does_not_exist_and_an_empty_answer_has_a_life()
    {
        var (dns, name) = (await world.Dns, NewName());
        await dns.SetAsync(new Zone(name, "@ A 127.0.0.2") { Ttl = 77 });
        (await AskAsync("example.com", QueryType.MX)).Header.ResponseCode.ShouldBe(
            DnsHeaderResponseCode.NotExistentDomain
        );
        var nodata = await AskAsync(name, QueryType.MX);
        nodata.Header.ResponseCode.ShouldBe(DnsHeaderResponseCode.NoError);
        nodata.Authorities.OfType<SoaRecord>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_silent_zone_lets_the_client_wait()
    {
        var (dns, name) = (await world.Dns, NewName());
        await dns.SetAsync(Zone.Mail(name, Address) with { Security = ZoneSecurity.Silent });
        await Should.ThrowAsync<DnsResponseException>(() => AskAsync(name, QueryType.MX, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_thousand_domains_load_at_once_and_the_log_knows_who_was_asked_for()
    {
        var (dns, name) = (await world.Dns, NewName());
        var domains = Enumerable.Range(0, 1000).Select(i => $"d{i}.{name}").ToList();
        await dns.SetAsync([.. domains.Select(d => Zone.Mail(d, Address))]);
        (await AskAsync(domains[^1], QueryType.MX)).Answers.Count.ShouldBe(1);
        (await AskAsync($"mx.{domains[0]}", QueryType.A)).Answers.Count.ShouldBe(1);
        (await dns.GetQuestionsAsync())
            .Where(q => q.Name.EndsWith(name, StringComparison.Ordinal))
            .ShouldBe([new AskedName(domains[^1], "MX"), new AskedName($"mx.{domains[0]}", "A")]);
    }

    private static string NewName() => $"z{Guid.NewGuid():n}"[..12] + ".test";

    private async Task<IDnsQueryResponse> AskAsync(string name, QueryType type, TimeSpan? timeout = null)
    {
        var options = new LookupClientOptions((await world.Dns).EndPoint)
        {
            UseTcpOnly = true,
            UseCache = false,
            RequestDnsSecRecords = true,
            Retries = 0,
            Timeout = timeout ?? Eventually.Patience,
            ContinueOnDnsError = false,
        };
        return await new LookupClient(options).QueryAsync(name, type);
    }
}
