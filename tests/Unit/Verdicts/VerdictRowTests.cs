using System.Text.Json;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Tests.Unit.Verdicts;

public sealed class VerdictRowTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MailDomain Domain = MailDomain.Parse("rcpt.test");

    [Fact]
    public void Reads_back_what_was_written()
    {
        var verdict = Verdict(2);

        var read = VerdictRow.Read(Domain, VerdictRow.Write(verdict))!;

        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(verdict));
    }

    [Fact]
    public void Fits_into_a_row_whatever_names_the_peers_gave_themselves()
    {
        var row = VerdictRow.Write(Verdict(100, new string('\u0001', 256)));

        row.GetBinary("Evidence").Length.ShouldBeLessThan(64 * 1024);
        VerdictRow.Read(Domain, row)!.Hosts.Count.ShouldBe(10);
    }

    [Fact]
    public void Takes_a_row_of_another_version_for_none()
    {
        var row = VerdictRow.Write(Verdict(1));
        row["Evidence"] = "{\"Level\":\"Wonderful\"}"u8.ToArray();

        VerdictRow.Read(Domain, row).ShouldBeNull();
    }

    [Fact]
    public void Takes_a_verdict_on_another_domain_for_none() =>
        VerdictRow.Read(MailDomain.Parse("other.test"), VerdictRow.Write(Verdict(1))).ShouldBeNull();

    private static TlsVerdict Verdict(int hosts, string name = "CN=mx") =>
        new(
            Domain,
            TlsLevel.Verified,
            "verified",
            DomainPolicy.MtaStsTesting,
            [.. Enumerable.Range(0, hosts).Select(i => Host(i, name))],
            Now,
            Now.AddHours(1)
        );

    private static HostEvidence Host(int index, string name) =>
        new($"mx{index}.test", index, TlsLevel.Encrypted, "expired")
        {
            PolicyFailed = true,
            Address = "192.0.2.1",
            TlsVersion = "TLSv1.3",
            CipherSuite = "TLS_AES_256_GCM_SHA384",
            Certificate = new CertificateEvidence(name, name, Now, Now.AddDays(1), new string('0', 64), ["expired"]),
            RequireTls = true,
            MaxBytes = 1,
        };
}
