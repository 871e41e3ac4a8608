using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Probing;

/// <summary>Every line of the decision about one host.</summary>
public sealed class HostJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DnsName Host = DnsName.TryParse("mx.test", out var name) ? name : default;
    private static readonly byte[] Leaf = NewLeaf();

    public static TheoryData<string, string, string, string, string> Table =>
        new()
        {
            // seen, DANE, MTA-STS, level, reason
            { "good", "none", "none", "Verified", "verified" },
            { "expired", "none", "none", "Encrypted", "expired" },
            { "no-tls", "none", "none", "None", "starttls-not-offered" },
            { "busy", "none", "none", "Unknown", "busy" },
            { "down", "none", "none", "Unknown", "timeout" },
            { "good", "none", "testing", "Verified", "verified" },
            { "good", "none", "enforce", "Authenticated", "mta-sts-enforce" },
            { "good", "none", "enforce-other", "Failed", "mta-sts-mx-mismatch" },
            { "expired", "none", "enforce", "Failed", "mta-sts-certificate" },
            { "no-tls", "none", "enforce", "Failed", "mta-sts-no-tls" },
            { "expired", "none", "testing", "Encrypted", "expired" },
            { "no-tls", "none", "testing", "None", "starttls-not-offered" },
            { "busy", "none", "enforce", "Unknown", "busy" },
            { "down", "usable-match", "enforce", "Unknown", "timeout" },
            { "good", "usable-match", "none", "Authenticated", "dane" },
            { "expired", "usable-match", "none", "Authenticated", "dane" },
            { "expired", "usable-match", "enforce-other", "Authenticated", "dane" },
            { "good", "usable-other", "none", "Failed", "dane-mismatch" },
            { "good", "usable-other", "enforce", "Failed", "dane-mismatch" },
            { "no-tls", "usable-match", "none", "Failed", "dane-no-tls" },
            { "no-tls", "unusable", "none", "Failed", "dane-no-tls" },
            { "good", "unusable", "none", "Verified", "verified" },
            { "expired", "unusable", "none", "Encrypted", "expired" },
            { "good", "unusable", "enforce", "Authenticated", "mta-sts-enforce" },
            { "good", "failed", "none", "Unknown", "dane-lookup-failed" },
            { "no-tls", "failed", "enforce", "Unknown", "dane-lookup-failed" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Gives_the_level_of_the_table(string seen, string dane, string sts, string level, string reason)
    {
        var evidence = HostJudge.Judge(
            new MxHost(Host, 10),
            Seen(seen),
            new HostDemands(Dane(dane), ["mx.test"], Sts(sts)),
            Now
        );

        evidence.Reason.ShouldBe(reason);
        evidence.PolicyFailed.ShouldBe(level == "Failed");
        evidence.Level.ToString().ShouldBe(level == "Failed" ? "Unknown" : level);
    }

    [Fact]
    public void Keeps_the_evidence_of_the_connection()
    {
        var evidence = HostJudge.Judge(
            new MxHost(Host, 10),
            Seen("good"),
            new HostDemands(Dane("none"), [], Sts("none")),
            Now
        );

        evidence.ShouldSatisfyAllConditions(
            () => evidence.Host.ShouldBe("mx.test"),
            () => evidence.Preference.ShouldBe(10),
            () => evidence.Address.ShouldBe("192.0.2.1"),
            () => evidence.TlsVersion.ShouldBe("TLSv1.3"),
            () => evidence.CipherSuite.ShouldBe("TLS_AES_256_GCM_SHA384"),
            () => evidence.Certificate!.Sha256.ShouldBe("00"),
            () => evidence.RequireTls.ShouldBeTrue(),
            () => evidence.MaxBytes.ShouldBe(1000)
        );
    }

    private static HostSighting Seen(string what) =>
        what switch
        {
            "good" => Secured(),
            "expired" => Secured("expired"),
            "no-tls" => new(SightingKind.NoTls, "starttls-not-offered", "192.0.2.1"),
            "busy" => new(SightingKind.Busy, "busy", "192.0.2.1"),
            _ => HostSighting.Unreachable("timeout"),
        };

    private static HostSighting Secured(params string[] errors) =>
        new(SightingKind.Secured, "", "192.0.2.1")
        {
            Tls = new TlsFacts(
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                new CertificateEvidence("CN=mx.test", "CN=CA", Now, Now, "00", errors),
                [Leaf]
            ),
            Features = new SmtpFeatures(true, false, true, true, true, 1000),
        };

    private static DaneRecords Dane(string what)
    {
        var right = new TlsaRecord(3, 0, 1, SHA256.HashData(Leaf));
        var wrong = new TlsaRecord(3, 0, 1, SHA256.HashData([1]));
        return what switch
        {
            "usable-match" => new(DaneStatus.Usable, [wrong, right], Host, Now),
            "usable-other" => new(DaneStatus.Usable, [wrong], Host, Now),
            "unusable" => new(DaneStatus.Unusable, [], Host, Now),
            "failed" => new(DaneStatus.Failed, [], Host, Now),
            _ => new(DaneStatus.NoRecords, [], Host, Now),
        };
    }

    private static StsOutcome Sts(string what) =>
        what switch
        {
            "enforce" => Policy(StsMode.Enforce, "mx.test"),
            "enforce-other" => Policy(StsMode.Enforce, "other.test"),
            "testing" => Policy(StsMode.Testing, "other.test"),
            _ => new(null, StsReasons.None, null),
        };

    private static StsOutcome Policy(StsMode mode, string pattern) =>
        new(new StsPolicy(mode, TimeSpan.FromDays(1), [pattern]), "any", Now.AddDays(1));

    private static byte[] NewLeaf()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256);
        using var leaf = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        return leaf.RawData;
    }
}
