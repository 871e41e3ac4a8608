using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.Mx;
using TlsOrLink.Tests.Unit.Dns;

namespace TlsOrLink.Tests.Unit.Dane;

public sealed class DaneLookupTests
{
    private static readonly TlsaRecord Good = new(3, 1, 1, new byte[32]);
    private static readonly TlsaRecord Odd = new(1, 1, 1, new byte[32]);

    [Fact]
    public async Task Finds_usable_records_of_a_secure_host()
    {
        var dane = await FindAsync(Zone(secure: true, ("_25._tcp.mx.example", [Good, Odd])));
        dane.Status.ShouldBe(DaneStatus.Usable);
        dane.Records.ShouldBe([Good]);
        dane.BaseName.Value.ShouldBe("mx.example");
    }

    [Fact]
    public async Task Has_no_records_where_the_zone_has_none() =>
        (await FindAsync(Zone(secure: true))).Status.ShouldBe(DaneStatus.NoRecords);

    [Fact]
    public async Task Requires_TLS_without_credit_where_no_record_is_usable()
    {
        var dane = await FindAsync(Zone(secure: true, ("_25._tcp.mx.example", [Odd])));
        dane.Status.ShouldBe(DaneStatus.Unusable);
        dane.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cannot_find_out_where_TLSA_fails_in_a_secure_zone()
    {
        var zone = Zone(secure: true);
        zone.Failing.Add("tlsa _25._tcp.mx.example");
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.Failed);
    }

    [Fact]
    public async Task Does_not_ask_in_an_unsigned_zone_where_a_broken_TLSA_must_not_harm()
    {
        var zone = Zone(secure: false, ("_25._tcp.mx.example", [Good]));
        zone.Failing.Add("tlsa _25._tcp.mx.example");
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.NoRecords);
        zone.Asked.ShouldNotContain("tlsa _25._tcp.mx.example");
    }

    [Fact]
    public async Task Does_not_ask_where_the_MX_answer_was_insecure()
    {
        var zone = Zone(secure: false, ("_25._tcp.mx.example", [Good]));
        zone.Secure.UnionWith(["mx.example", "_25._tcp.mx.example"]);
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.NoRecords);
        zone.Asked.ShouldNotContain("tlsa _25._tcp.mx.example");
    }

    [Fact]
    public async Task Gives_no_credit_to_insecure_records_below_a_secure_host()
    {
        var zone = Zone(secure: false, ("_25._tcp.mx.example", [Good]));
        zone.Secure.UnionWith(["a.example", "mx.example"]);
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.NoRecords);
    }

    [Fact]
    public async Task Looks_at_the_end_of_a_secure_alias_first()
    {
        var zone = Aliased(secure: true, ("_25._tcp.real.example", [Good]), ("_25._tcp.mx.example", [Odd]));
        var dane = await FindAsync(zone);
        (dane.Status, dane.BaseName.Value).ShouldBe((DaneStatus.Usable, "real.example"));
    }

    [Fact]
    public async Task Looks_at_the_alias_itself_where_its_end_has_none()
    {
        var dane = await FindAsync(Aliased(secure: true, ("_25._tcp.mx.example", [Good])));
        (dane.Status, dane.BaseName.Value).ShouldBe((DaneStatus.Usable, "mx.example"));
    }

    [Fact]
    public async Task Looks_only_at_the_alias_itself_where_its_end_is_insecure()
    {
        var zone = Aliased(secure: false, ("_25._tcp.mx.example", [Good]), ("_25._tcp.real.example", [Odd]));
        zone.Secure.UnionWith(["a.example", "mx.example", "_25._tcp.mx.example", "_25._tcp.real.example"]);
        var dane = await FindAsync(zone);
        (dane.Status, dane.BaseName.Value).ShouldBe((DaneStatus.Usable, "mx.example"));
        zone.Asked.ShouldNotContain("tlsa _25._tcp.real.example");
    }

    [Fact]
    public async Task Does_not_ask_where_the_alias_itself_is_insecure()
    {
        var zone = Aliased(secure: false, ("_25._tcp.mx.example", [Good]));
        zone.Secure.UnionWith(["a.example", "_25._tcp.mx.example"]);
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.NoRecords);
    }

    [Fact]
    public async Task Cannot_find_out_where_the_alias_look_up_fails()
    {
        var zone = Aliased(secure: false);
        zone.Secure.Add("a.example");
        zone.Failing.Add("alias mx.example");
        (await FindAsync(zone)).Status.ShouldBe(DaneStatus.Failed);
    }

    [Fact]
    public async Task Names_the_base_the_domain_and_its_next_hop_for_a_trust_anchor()
    {
        var zone = Aliased(secure: true, ("_25._tcp.real.example", [Good]));
        zone.Aliases["a.example"] = "hop.example";
        zone.Mx["hop.example"] = [new(10, "mx.example")];
        var (mx, dane) = await BothAsync(zone);
        DaneVerifier
            .ReferenceNames(MailDomain.Parse("a.example"), mx, dane)
            .ShouldBe(["real.example", "a.example", "hop.example"]);
    }

    private static PlainResolver Zone(bool secure, params (string Name, TlsaRecord[] Records)[] tlsa)
    {
        var zone = new PlainResolver { AllSecure = secure };
        zone.Mx["a.example"] = [new(10, "mx.example")];
        zone.Addresses["mx.example"] = ["1.1.1.1"];
        tlsa.ToList().ForEach(entry => zone.Tlsa[entry.Name] = entry.Records);
        return zone;
    }

    private static PlainResolver Aliased(bool secure, params (string Name, TlsaRecord[] Records)[] tlsa)
    {
        var zone = Zone(secure, tlsa);
        zone.Addresses.Clear();
        zone.Aliases["mx.example"] = "real.example";
        zone.Addresses["real.example"] = ["1.1.1.1"];
        return zone;
    }

    private static async Task<DaneRecords> FindAsync(PlainResolver zone) => (await BothAsync(zone)).Dane;

    private static async Task<(MxAnswer Mx, DaneRecords Dane)> BothAsync(PlainResolver zone)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var lookup = new MxLookup(zone, new Random(1));
        var mx = await lookup.FindAsync(MailDomain.Parse("a.example"), cancellation);
        var addresses = await lookup.FindAddressesAsync(mx.Hosts[0], cancellation);
        return (mx, await new DaneLookup(zone).FindAsync(mx, mx.Hosts[0], addresses, cancellation));
    }
}
