using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;
using static TlsOrLink.Tests.Integration.Probing.RealServerWorld;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>
/// The table of the TLS decision against Postfix, a scripted server, unbound with signed, unsigned and bogus zones, and an HTTPS policy
/// server. Prints what it proved.
/// </summary>
public sealed class RealServerTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    private const string Linked = "LLL";
    private const string Deferred = "DDD";

    [Fact]
    public async Task Gives_every_kind_of_server_the_verdict_and_the_routes_of_the_table()
    {
        await using var table = new RealServerWorld(world);
        AddCertificates(table);
        AddDane(table);
        await AddMtaStsAsync(table);
        RealServerScripts.AddTo(table, world.Authority);
        using var client = await table.StartAsync();

        var verdicts = await Task.WhenAll(table.Rows.Select(row => client.ProbeAsync(row.Domain)));

        var proved = table.Rows.Zip(verdicts, (row, verdict) => (Row: row, Verdict: verdict)).ToList();
        output.WriteLine(
            $"{"server", -52} {"level", -13} {"reason", -22} {"policy", -14} routes (encrypted, verified, authenticated)"
        );
        proved.ForEach(pair => output.WriteLine(RealServerRow.Print(pair.Row.What, pair.Verdict)));
        proved
            .Where(pair =>
                (pair.Verdict.Level, pair.Verdict.Reason) != (pair.Row.Level, pair.Row.Reason)
                || RealServerRow.RoutesOf(pair.Verdict) != pair.Row.Routes
            )
            .Select(pair => $"{RealServerRow.Print(pair.Row.What, pair.Verdict)}, wanted {pair.Row}")
            .ShouldBeEmpty();
        verdicts.Single(verdict => verdict.Domain.Name == "requiretls.test").Hosts[0].RequireTls.ShouldBeTrue();
    }

    private static void AddCertificates(RealServerWorld table) =>
        table
            .Postfix(new("good.test", "good certificate", TlsLevel.Verified, "verified", "TTL"), MailFlavour.Good)
            .Postfix(new("plain.test", "no STARTTLS", TlsLevel.None, "starttls-not-offered", Linked), MailFlavour.NoTls)
            .Postfix(new("self.test", "self-signed", TlsLevel.Encrypted, "self-signed", "TLL"), MailFlavour.SelfSigned)
            .Postfix(
                new("name.test", "another name", TlsLevel.Encrypted, "name-mismatch", "TLL"),
                MailFlavour.WrongName
            )
            .Postfix(new("expired.test", "expired", TlsLevel.Encrypted, "expired", "TLL"), MailFlavour.Expired)
            .Postfix(
                new("early.test", "not yet valid", TlsLevel.Encrypted, "not-yet-valid", "TLL"),
                MailFlavour.NotYetValid
            )
            .Postfix(new("old.test", "TLS 1.1 at most", TlsLevel.None, "tls-too-old", Linked), MailFlavour.OldTls)
            .Postfix(
                new("nocert.test", "handshake fails", TlsLevel.None, "handshake-failed", Linked),
                MailFlavour.HandshakeFails
            )
            .Postfix(
                new("later.test", "454 to STARTTLS", TlsLevel.None, "starttls-refused", Linked),
                MailFlavour.TlsUnavailable
            )
            .Zone(
                new("down.test", "nothing listens", TlsLevel.Unknown, "connection-refused", Deferred),
                "@ MX 10 mx",
                "mx A 127.0.0.77"
            )
            .Zone(
                new("metadata.test", "MX at 169.254.169.254", TlsLevel.Unknown, "address-not-public", Deferred),
                "@ MX 10 mx",
                "mx A 169.254.169.254"
            )
            .Zone(new("null.test", "null MX", TlsLevel.Undeliverable, "null-mx", "UUU"), "@ MX 0 .")
            .Zone(new("absent.test", "no such domain", TlsLevel.Undeliverable, "no-such-domain", "UUU"));

    private void AddDane(RealServerWorld table)
    {
        var own = world.Authority.Issue(new CertificateWish("mx.dane.test") { SelfSigned = true });
        var ca = TlsaOf(world.Authority.Certificate.RawData);
        table
            .Scripted(
                new("dane.test", "signed, DANE-EE, self-signed", TlsLevel.Authenticated, "dane", "TTT"),
                ScriptedPeer.Ordinary(own),
                ZoneSecurity.Signed,
                TlsaOf(own)
            )
            .Postfix(
                new("daneta.test", "signed, DANE-TA", TlsLevel.Authenticated, "dane", "TTT"),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                ca
            )
            .Postfix(
                new("danebad.test", "signed, TLSA of another key", TlsLevel.Unknown, "policy-failed", Deferred),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                TlsaOf(own)
            )
            .Postfix(
                new("daneplain.test", "signed, TLSA, no STARTTLS", TlsLevel.Unknown, "policy-failed", Deferred),
                MailFlavour.NoTls,
                ZoneSecurity.Signed,
                ca
            )
            .Postfix(
                new("daneold.test", "signed, usage PKIX-EE only", TlsLevel.Verified, "verified", "TTL"),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                Zone.Tlsa(25, "mx", 1, 1, 1, own.KeySha256)
            )
            .Postfix(
                new("daneself.test", "unsigned, TLSA ignored", TlsLevel.Encrypted, "self-signed", "TLL"),
                MailFlavour.SelfSigned,
                ZoneSecurity.Unsigned,
                ca
            )
            .Postfix(
                new("bogus.test", "bogus zone", TlsLevel.Unknown, "dns-servfail", Deferred),
                MailFlavour.Good,
                ZoneSecurity.Bogus
            )
            .BogusTlsa(
                new("bogustlsa.test", "bogus TLSA in a signed zone", TlsLevel.Unknown, "dane-lookup-failed", Deferred)
            );
    }

    private async Task AddMtaStsAsync(RealServerWorld table)
    {
        var policies = await world.Policies;
        Policy("sts.test", "enforce", "mx.sts.test");
        Policy("stsmx.test", "enforce", "other.stsmx.test");
        Policy("stsbad.test", "enforce", "*.stsbad.test");
        Policy("stsplain.test", "enforce", "*.stsplain.test");
        Policy("ststest.test", "testing", "other.ststest.test");
        string[] records = [.. policies.Records("1")];
        table
            .Postfix(
                new("sts.test", "MTA-STS enforce", TlsLevel.Authenticated, "mta-sts-enforce", "TTT"),
                MailFlavour.Good,
                records: records
            )
            .Postfix(
                new("stsmx.test", "MTA-STS enforce, another host", TlsLevel.Unknown, "policy-failed", Deferred),
                MailFlavour.Good,
                records: records
            )
            .Postfix(
                new("stsbad.test", "MTA-STS enforce, expired", TlsLevel.Unknown, "policy-failed", Deferred),
                MailFlavour.Expired,
                records: records
            )
            .Postfix(
                new("stsplain.test", "MTA-STS enforce, no STARTTLS", TlsLevel.Unknown, "policy-failed", Deferred),
                MailFlavour.NoTls,
                records: records
            )
            .Postfix(
                new("ststest.test", "MTA-STS testing", TlsLevel.Verified, "verified", "TTL"),
                MailFlavour.Good,
                records: records
            );

        void Policy(string domain, string mode, string mx) =>
            policies.Set(domain, PolicyAnswer.Policy(mode, TimeSpan.FromDays(1), mx));
    }
}
