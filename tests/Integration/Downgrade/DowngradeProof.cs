using TlsOrLink.Tests.Integration.Decision;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Downgrade;

/// <summary>What came of all runs of one kind.</summary>
/// <param name="InClear">Bytes of bodies and files on the wire.</param>
/// <param name="UnderTls">Bytes of bodies and files that came under whatever TLS the server had left.</param>
/// <param name="Linked">Recipients with exactly one link mail.</param>
/// <param name="Deferred">Recipients whose domain's policy failed.</param>
/// <param name="MailsToPolicy">Mails, of whatever content, to those.</param>
internal sealed record DowngradeProof(
    DowngradeKind Kind,
    int InClear,
    int UnderTls,
    int Linked,
    int Deferred,
    int MailsToPolicy
)
{
    public static string Heading { get; } =
        $"{"kind", -24} {"runs", 5} {"bytes in clear", 14} {"bytes under TLS", 15} {"linked", 6} {"none (policy)", 13} {"mails to these", 14}";

    public static DowngradeProof Of(DowngradeKind kind, Wire wire, IReadOnlyDictionary<string, RecipientSeen> seen)
    {
        var clear = string.Concat(kind.Servers.Select(server => wire.TextTo(server.Address)));
        var underTls = string.Concat(kind.Servers.Select(server => server.UnderTls));
        var policy = kind.Runs.Where(run => run.HasPolicy).ToList();
        var open = kind.Runs.Where(run => !run.HasPolicy).ToList();
        return new DowngradeProof(
            kind,
            kind.Runs.Sum(run => run.BytesIn(clear)),
            kind.Runs.Sum(run => run.BytesIn(underTls)),
            open.Count(run =>
                seen[run.Recipient] is { State: "linked", PlannedRoute: "tls", Route: "link" }
                && kind.Server.MailTo(run.Recipient).Count == 1
            ),
            policy.Count(run => seen[run.Recipient] is { State: "deferred", Reason: "policy-failed" }),
            policy.Sum(run => Split(clear, run.Recipient) + Split(underTls, run.Recipient))
        );
    }

    public override string ToString() =>
        $"{Kind.What, -24} {Kind.Runs.Count, 5} {InClear, 14} {UnderTls, 15} {Linked, 6} {Deferred, 13} {MailsToPolicy, 14}";

    public IEnumerable<string> Faults
    {
        get
        {
            var withPolicy = Kind.Runs.Count(run => run.HasPolicy);
            var good = new DowngradeProof(Kind, 0, 0, Kind.Runs.Count - withPolicy, withPolicy, 0);
            return this == good ? [] : [$"{this}\nmust be\n{good}"];
        }
    }

    private static int Split(string text, string recipient) => text.Split($"<{recipient}>").Length - 1;
}
