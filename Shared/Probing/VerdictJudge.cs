using TlsOrLink.Dane;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;

namespace TlsOrLink.Probing;

/// <summary>All that was found out about a domain.</summary>
/// <param name="Mx">Its hosts.</param>
/// <param name="Sts">Its MTA-STS policy.</param>
/// <param name="Hosts">Evidence per host in the order of use.</param>
/// <param name="Dane">TLSA records of the hosts that they were found for.</param>
internal sealed record DomainFindings(
    MxAnswer Mx,
    StsOutcome Sts,
    IReadOnlyList<HostEvidence> Hosts,
    IReadOnlyList<DaneRecords> Dane
)
{
    /// <summary>Our own port 25 is shut.</summary>
    public bool EgressBlocked { get; init; }
}

/// <summary>Makes a domain's verdict of what was found out. Pure.</summary>
internal static class VerdictJudge
{
    private static readonly TimeSpan LongestGood = TimeSpan.FromHours(24);
    private static readonly TimeSpan ShortestGood = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poor = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestUnknown = TimeSpan.FromMinutes(1);

    /// <summary>The verdict.</summary>
    public static TlsVerdict Judge(MailDomain domain, DomainFindings found, DateTimeOffset now)
    {
        var (level, reason) = Decide(found);
        return new TlsVerdict(
            domain,
            level,
            reason,
            PolicyOf(found),
            found.Hosts,
            now,
            now + LifeOf(level, reason, found, now)
        );
    }

    /// <summary>A verdict where not even the hosts are known.</summary>
    public static TlsVerdict NotFoundOut(MailDomain domain, string reason, DateTimeOffset now) =>
        new(domain, TlsLevel.Unknown, reason, DomainPolicy.None, [], now, now + LongestUnknown);

    private static (TlsLevel Level, string Reason) Decide(DomainFindings found) =>
        found.Mx.Status switch
        {
            MxStatus.NoMail or MxStatus.NoSuchDomain => (TlsLevel.Undeliverable, found.Mx.Reason),
            MxStatus.Failed => (TlsLevel.Unknown, found.Mx.Reason),
            _ when found.EgressBlocked => (TlsLevel.Unknown, ProbingReasons.EgressBlocked),
            _ => OfHosts(found.Hosts),
        };

    private static (TlsLevel Level, string Reason) OfHosts(IReadOnlyList<HostEvidence> hosts) =>
        hosts.Where(host => host.Level >= TlsLevel.None).MaxBy(host => host.Level) is { } best
            ? (best.Level, best.Reason)
        : hosts.Any(host => host.PolicyFailed) ? (TlsLevel.Unknown, ProbingReasons.PolicyFailed)
        : (TlsLevel.Unknown, hosts is [var first, ..] ? first.Reason : ProbingReasons.Deadline);

    private static DomainPolicy PolicyOf(DomainFindings found) =>
        found.Dane.Any(records => records.Status == DaneStatus.Usable)
            ? DomainPolicy.Dane
            : found.Sts.Policy?.Mode switch
            {
                StsMode.Enforce => DomainPolicy.MtaStsEnforce,
                StsMode.Testing => DomainPolicy.MtaStsTesting,
                _ => DomainPolicy.None,
            };

    private static TimeSpan LifeOf(TlsLevel level, string reason, DomainFindings found, DateTimeOffset now) =>
        level switch
        {
            TlsLevel.Authenticated or TlsLevel.Verified => Clamp(PolicyEnd(found) - now, ShortestGood, LongestGood),
            TlsLevel.Encrypted or TlsLevel.None => Poor,
            TlsLevel.Undeliverable => Clamp(found.Mx.Expires - now, TimeSpan.Zero, Poor),
            _ => reason is ProbingReasons.EgressBlocked ? TimeSpan.Zero : LongestUnknown,
        };

    private static DateTimeOffset PolicyEnd(DomainFindings found) =>
        found
            .Dane.Where(records => records.Status != DaneStatus.NoRecords)
            .Select(records => records.Expires)
            .Append(found.Sts.Expires ?? DateTimeOffset.MaxValue)
            .Min();

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least ? least
        : value > most ? most
        : value;
}
