using System.Security.Cryptography;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;
using static TlsOrLink.Tests.Integration.Decision.DecisionRow;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>The rows in which the domain's own DANE or MTA-STS policy decides, or its DNS.</summary>
internal static class PolicyRows
{
    private const string Failed = "policy-failed";

    public static async Task AddAsync(DecisionTable table)
    {
        await AddDaneAsync(table);
        AddMtaSts(table, await table.World.Policies);
    }

    private static async Task AddDaneAsync(DecisionTable table)
    {
        var authority = table.World.Authority;
        var own = authority.Issue(new CertificateWish("mx.dane.test") { SelfSigned = true });
        var changing = authority.Issue("mx.danechanged.test");
        var anchor = table.Tlsa(2, 0, 1, Convert.ToHexString(SHA256.HashData(authority.Certificate.RawData)));
        var other = table.TlsaOf(own);
        var unusable = table.Tlsa(1, 1, 1, own.KeySha256);
        await table.NodeAsync(
            Tls("dane.test", "signed, TLSA EE, self-signed", "authenticated", "dane"),
            new NodeSmtpWish { Certificate = own },
            ZoneSecurity.Signed,
            other
        );
        table
            .Postfix(
                Tls("daneta.test", "signed, TLSA TA", "authenticated", "dane"),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                anchor
            )
            .Postfix(
                Deferred("danename.test", "signed, TLSA TA, wrong name", Failed),
                MailFlavour.WrongName,
                ZoneSecurity.Signed,
                anchor
            )
            .Postfix(
                Deferred("danebad.test", "signed, TLSA of another key", Failed),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                other
            )
            .Postfix(
                Deferred("daneplain.test", "signed, TLSA, no TLS", Failed),
                MailFlavour.NoTls,
                ZoneSecurity.Signed,
                anchor
            )
            .Postfix(
                Tls("daneold.test", "signed, unusable TLSA only", "verified", "verified"),
                MailFlavour.Good,
                ZoneSecurity.Signed,
                unusable
            )
            .Postfix(
                Link("daneoldself.test", "signed, unusable TLSA only, self-signed", "encrypted", "self-signed"),
                MailFlavour.SelfSigned,
                ZoneSecurity.Signed,
                unusable
            )
            .Postfix(
                Link("insecure.test", "unsigned, TLSA, self-signed", "encrypted", "self-signed"),
                MailFlavour.SelfSigned,
                ZoneSecurity.Unsigned,
                anchor
            )
            .Postfix(Deferred("bogus.test", "bogus zone", "dns-servfail"), MailFlavour.Good, ZoneSecurity.Bogus)
            .Postfix(Deferred("wrongkey.test", "wrong DS", "dns-servfail"), MailFlavour.Good, ZoneSecurity.WrongKey)
            .BogusTlsa(Deferred("servfail.test", "signed, SERVFAIL on TLSA", "dane-lookup-failed"), anchor)
            .Scripted(
                Changed(
                    "danechanged.test",
                    "signed, key changed after the probe",
                    "authenticated",
                    "dane",
                    "deferred",
                    Failed
                ),
                ServerRows.AfterProbe(new SmtpScript(), new SmtpScript { Certificate = changing }),
                ZoneSecurity.Signed,
                table.TlsaOf(changing)
            );
    }

    private static void AddMtaSts(DecisionTable table, PolicyServer policies)
    {
        string[] records = [.. policies.Records("1")];
        var expired = table.World.Authority.Issue(CertificateWish.Expired("mta-sts.stshost.test"));
        Postfix(Tls("sts.test", "enforce, covers the host", "authenticated", "mta-sts-enforce"), "enforce");
        Postfix(Deferred("stsmx.test", "enforce, another host", Failed), "enforce", mx: "mx.other.test");
        Postfix(Deferred("stsbad.test", "enforce, expired certificate", Failed), "enforce", MailFlavour.Expired);
        Postfix(Deferred("stsname.test", "enforce, wrong name", Failed), "enforce", MailFlavour.WrongName);
        Postfix(Deferred("stsplain.test", "enforce, no TLS", Failed), "enforce", MailFlavour.NoTls);
        Postfix(Tls("ststest.test", "testing, another host", "verified", "verified"), "testing", mx: "mx.other.test");
        Postfix(
            Link("stsself.test", "testing, self-signed", "encrypted", "self-signed"),
            "testing",
            MailFlavour.SelfSigned
        );
        Postfix(Tls("stsnone.test", "mode none", "verified", "verified"), "none", mx: "mx.other.test");
        Postfix(Tls("stshost.test", "enforce, policy by a bad certificate", "verified", "verified"), "enforce");
        policies.Set("stshost.test", Policy("enforce", "mx.other.test") with { Certificate = expired });
        policies.Set("stsstripped.test", Policy("enforce", "mx.stsstripped.test"));
        table.Scripted(
            Changed(
                "stsstripped.test",
                "MTA-STS enforce, STARTTLS stripped later",
                "authenticated",
                "mta-sts-enforce",
                "deferred",
                Failed
            ),
            ServerRows.AfterProbe(new() { OffersStartTls = false }),
            ZoneSecurity.Unsigned,
            records
        );

        void Postfix(DecisionRow row, string mode, MailFlavour flavour = MailFlavour.Good, string? mx = null)
        {
            var named = row with { What = $"MTA-STS {row.What}" };
            policies.Set(row.Domain, Policy(mode, mx ?? $"mx.{row.Domain}"));
            table.Postfix(named, flavour, ZoneSecurity.Unsigned, records);
        }
    }

    private static PolicyAnswer Policy(string mode, string mx) => PolicyAnswer.Policy(mode, TimeSpan.FromDays(1), mx);
}
