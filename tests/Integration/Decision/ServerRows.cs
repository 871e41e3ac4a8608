using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Mail;
using static TlsOrLink.Tests.Integration.Decision.DecisionRow;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>The rows in which the server alone decides.</summary>
internal static class ServerRows
{
    public static async Task AddAsync(DecisionTable table)
    {
        AddPostfix(table);
        AddScripted(table);
        AddChanging(table);
        await table.NodeAsync(
            Tls("requiretls.test", "smtp-server, REQUIRETLS", "verified", "verified"),
            new NodeSmtpWish()
        );
        await table.NodeAsync(
            Tls("tls12.test", "smtp-server, TLS 1.2 only", "verified", "verified"),
            new NodeSmtpWish { MaximumVersion = "TLSv1.2" }
        );
    }

    private static void AddPostfix(DecisionTable table) =>
        table
            .Postfix(Tls("good.test", "Postfix, good", "verified", "verified"), MailFlavour.Good)
            .Postfix(Link("plain.test", "Postfix, no TLS", "none", "starttls-not-offered"), MailFlavour.NoTls)
            .Postfix(Link("self.test", "Postfix, self-signed", "encrypted", "self-signed"), MailFlavour.SelfSigned)
            .Postfix(Link("name.test", "Postfix, wrong name", "encrypted", "name-mismatch"), MailFlavour.WrongName)
            .Postfix(Link("expired.test", "Postfix, expired", "encrypted", "expired"), MailFlavour.Expired)
            .Postfix(
                Link("early.test", "Postfix, not yet valid", "encrypted", "not-yet-valid"),
                MailFlavour.NotYetValid
            )
            .Postfix(Link("old.test", "Postfix, TLS 1.0 and 1.1 only", "none", "tls-too-old"), MailFlavour.OldTls)
            .Postfix(
                Link("later.test", "Postfix, 454 after STARTTLS", "none", "starttls-refused"),
                MailFlavour.TlsUnavailable
            )
            .Postfix(
                Link("nocert.test", "Postfix, handshake fails", "none", "handshake-failed"),
                MailFlavour.HandshakeFails
            )
            .TwoPostfix(
                Tls("two.test", "Postfix twice, the first without TLS", "verified", "verified"),
                MailFlavour.NoTls,
                MailFlavour.Good
            )
            .Records(Deferred("down.test", "nothing listens", "connection-refused"), "@ MX 10 mx", "mx A 127.0.0.77")
            .Records(
                Deferred("metadata.test", "MX at 169.254.169.254", "address-not-public"),
                "@ MX 10 mx",
                "mx A 169.254.169.254"
            )
            .Records(Undeliverable("null.test", "null MX", "null-mx"), "@ MX 0 .")
            .Nothing(Undeliverable("absent.test", "no such domain", "no-such-domain"));

    private static void AddScripted(DecisionTable table) =>
        table
            .Scripted(
                Link("refused.test", "script, 454 after STARTTLS", "none", "starttls-refused"),
                _ => new() { StartTlsReply = "454 4.7.0 not now" }
            )
            .Scripted(
                Link("injected.test", "script, clear bytes after the 220", "none", "starttls-injection"),
                _ => new() { Injection = "250 injected\r\n" }
            )
            .Scripted(
                Link("noehlo.test", "script, refuses EHLO under TLS", "none", "ehlo-after-tls-refused"),
                _ => new() { RefusesEhloUnderTls = true }
            )
            .Scripted(
                Deferred("dropped.test", "script, drops after the greeting", "dropped"),
                _ => new() { DropsAfterGreeting = true }
            )
            .Scripted(
                Deferred("endless.test", "script, endless EHLO", "too-much-data"),
                _ => new() { EndlessEhlo = true }
            )
            .Scripted(
                Deferred("drip.test", "script, a byte every 300 ms", "timeout"),
                _ => new() { Greeting = $"220-{new string('a', 200)}", GreetingPause = TimeSpan.FromMilliseconds(300) }
            )
            .Scripted(Deferred("busy.test", "script, 421", "busy"), _ => SmtpScript.Busy);

    private static void AddChanging(DecisionTable table)
    {
        var self = table.World.Authority.Issue(new CertificateWish("mx.swapped.test") { SelfSigned = true });
        table
            .Scripted(
                Stripped("stripped.test", "script, STARTTLS stripped after the probe", "starttls-not-offered"),
                AfterProbe(new() { OffersStartTls = false })
            )
            .Scripted(
                Stripped("withdrawn.test", "script, 454 after the probe", "starttls-refused"),
                AfterProbe(new() { StartTlsReply = "454 4.7.0 not now" })
            )
            .Scripted(
                Stripped("hijacked.test", "script, clear bytes after the probe", "starttls-injection"),
                AfterProbe(new() { Injection = "250 injected\r\n" })
            )
            .Scripted(
                Stripped("swapped.test", "script, self-signed after the probe", "self-signed"),
                AfterProbe(new() { Certificate = self })
            );
    }

    /// <summary>A script for every connection after the first, which is the probe.</summary>
    public static Func<int, SmtpScript> AfterProbe(SmtpScript script, SmtpScript? probe = null) =>
        number => number == 1 ? probe ?? new SmtpScript() : script;

    private static DecisionRow Stripped(string domain, string what, string end) =>
        Changed(domain, what, "verified", "verified", "linked", end);
}
