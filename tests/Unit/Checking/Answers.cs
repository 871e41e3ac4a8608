using TlsOrLink.Checking;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Checking;

/// <summary>Answers of a check as the planner gives them.</summary>
internal static class Answers
{
    public static readonly DateTimeOffset At = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    public static CheckedEntry Of(
        string entry,
        TlsLevel level,
        string reason,
        long? mails = null,
        string? subject = null
    )
    {
        var asked = CheckEntry.Parse(entry, mails)!;
        var host = new HostEvidence($"mx.{asked.Domain}", 10, level, reason)
        {
            Address = "192.0.2.1",
            TlsVersion = "TLSv1.3",
            CipherSuite = "TLS_AES_256_GCM_SHA384",
            Certificate = new CertificateEvidence(
                subject ?? $"CN=mx.{asked.Domain}",
                "CN=CA",
                At,
                At,
                new string('a', 64),
                []
            ),
        };
        var verdict = new TlsVerdict(asked.Domain, level, reason, DomainPolicy.None, [host], At, At.AddHours(1));
        return new CheckedEntry(
            asked,
            new RoutedDomain(null, verdict, RoutePlanner.Plan(new RouteQuestion(verdict, TlsPolicy.Verified)))
        );
    }
}
