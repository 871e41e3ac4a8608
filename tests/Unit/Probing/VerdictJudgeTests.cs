using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Probing;

namespace TlsOrLink.Tests.Unit.Probing;

/// <summary>From hosts to the verdict of a domain, and how long it lives.</summary>
public sealed class VerdictJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MailDomain Domain = MailDomain.Parse("rcpt.test");
    private static readonly DnsName Name = DnsName.Of(Domain);

    public static TheoryData<string, string, string> Hosts =>
        new()
        {
            { "Verified/verified", "Verified", "verified" },
            { "None/starttls-not-offered", "None", "starttls-not-offered" },
            { "Encrypted/expired Verified/verified", "Verified", "verified" },
            { "Authenticated/dane Verified/verified", "Authenticated", "dane" },
            { "Encrypted/expired Encrypted/self-signed", "Encrypted", "expired" },
            { "Unknown/timeout None/starttls-refused", "None", "starttls-refused" },
            { "Unknown/timeout Unknown/busy", "Unknown", "timeout" },
            { "Failed/dane-mismatch", "Unknown", "policy-failed" },
            { "Unknown/timeout Failed/mta-sts-certificate", "Unknown", "policy-failed" },
            { "Failed/dane-mismatch Verified/verified", "Verified", "verified" },
            { "", "Unknown", "probe-deadline" },
        };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Takes_the_best_host_that_can_be_used(string hosts, string level, string reason)
    {
        var verdict = Judge(hosts);

        (verdict.Level.ToString(), verdict.Reason).ShouldBe((level, reason));
        verdict.HostsAt(verdict.Level).Count.ShouldBe(verdict.Hosts.Count(host => host.Level >= verdict.Level));
    }

    [Theory]
    [InlineData("NoMail", "null-mx", "Undeliverable")]
    [InlineData("NoSuchDomain", "no-such-domain", "Undeliverable")]
    [InlineData("Failed", "dns-servfail", "Unknown")]
    public void Passes_on_what_dns_says(string status, string reason, string level)
    {
        var verdict = VerdictJudge.Judge(
            Domain,
            new DomainFindings(Mx(Enum.Parse<MxStatus>(status), reason, 30), NoSts, [], []),
            Now
        );

        (verdict.Level.ToString(), verdict.Reason).ShouldBe((level, reason));
    }

    [Theory]
    [InlineData("Verified/verified", null, null, "1.00:00:00")]
    [InlineData("Authenticated/mta-sts-enforce", "02:00:00", null, "02:00:00")]
    [InlineData("Authenticated/mta-sts-enforce", "00:00:10", null, "00:05:00")]
    [InlineData("Authenticated/mta-sts-enforce", "30.00:00:00", null, "1.00:00:00")]
    [InlineData("Authenticated/dane", null, "01:00:00", "01:00:00")]
    [InlineData("Authenticated/dane", "00:30:00", "01:00:00", "00:30:00")]
    [InlineData("Encrypted/expired", null, null, "01:00:00")]
    [InlineData("None/starttls-refused", null, null, "01:00:00")]
    [InlineData("Unknown/timeout", null, null, "00:01:00")]
    [InlineData("Failed/dane-mismatch", null, "05:00:00", "00:01:00")]
    public void Lives_as_long_as_the_table_says(string hosts, string? policy, string? dane, string life)
    {
        var verdict = Judge(hosts, Life(policy), Life(dane));

        (verdict.LivesUntil - verdict.FoundAt).ShouldBe(Life(life)!.Value);
    }

    [Theory]
    [InlineData("00:10:00", "00:10:00")]
    [InlineData("05:00:00", "01:00:00")]
    [InlineData("-00:10:00", "00:00:00")]
    public void Keeps_undeliverable_as_long_as_the_zone_says_and_an_hour_at_most(string zone, string life)
    {
        var verdict = VerdictJudge.Judge(
            Domain,
            new DomainFindings(Mx(MxStatus.NoMail, "null-mx", Life(zone)!.Value.TotalMinutes), NoSts, [], []),
            Now
        );

        (verdict.LivesUntil - Now).ShouldBe(Life(life)!.Value);
    }

    [Fact]
    public void Never_keeps_what_says_something_about_us_and_not_about_the_domain()
    {
        var verdict = VerdictJudge.Judge(
            Domain,
            new DomainFindings(Mx(MxStatus.Hosts, "mx-found", 30), NoSts, [], []) { EgressBlocked = true },
            Now
        );

        (verdict.Level, verdict.Reason, verdict.LivesUntil).ShouldBe((TlsLevel.Unknown, "egress-blocked", Now));
    }

    [Theory]
    [InlineData(nameof(StsMode.Enforce), false, "MtaStsEnforce")]
    [InlineData(nameof(StsMode.Testing), false, "MtaStsTesting")]
    [InlineData(nameof(StsMode.Enforce), true, "Dane")]
    public void Names_the_policy_that_was_found(string mode, bool dane, string policy)
    {
        var sts = new StsOutcome(
            new StsPolicy(Enum.Parse<StsMode>(mode), TimeSpan.FromDays(1), ["*.test"]),
            "any",
            Now.AddDays(1)
        );
        DaneRecords[] records = dane ? [new(DaneStatus.Usable, [], Name, Now)] : [];

        VerdictJudge
            .Judge(Domain, new DomainFindings(Mx(MxStatus.Hosts, "mx-found", 30), sts, [], records), Now)
            .Policy.ToString()
            .ShouldBe(policy);
    }

    private static StsOutcome NoSts => new(null, StsReasons.None, null);

    private static TlsVerdict Judge(string hosts, TimeSpan? policy = null, TimeSpan? dane = null)
    {
        var sts = policy is null ? NoSts : new StsOutcome(null, "any", Now + policy);
        DaneRecords[] records = dane is null ? [] : [new(DaneStatus.Usable, [], Name, Now + dane.Value)];
        return VerdictJudge.Judge(
            Domain,
            new DomainFindings(
                Mx(MxStatus.Hosts, "mx-found", 30),
                sts,
                [.. hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Evidence)],
                records
            ),
            Now
        );
    }

    private static HostEvidence Evidence(string text, int index)
    {
        var parts = text.Split('/');
        var failed = parts[0] == "Failed";
        var level = failed ? TlsLevel.Unknown : Enum.Parse<TlsLevel>(parts[0]);
        return new HostEvidence($"mx{index}.test", index, level, parts[1]) { PolicyFailed = failed };
    }

    private static MxAnswer Mx(MxStatus status, string reason, double minutes) =>
        new(status, reason, [], false, Name, Now.AddMinutes(minutes));

    private static TimeSpan? Life(string? text) =>
        text is null ? null : TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
