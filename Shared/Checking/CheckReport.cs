using TlsOrLink.Domains;
using TlsOrLink.Routing;

namespace TlsOrLink.Checking;

/// <summary>One domain of a report.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Mails">Its mails; null where not said.</param>
/// <param name="Entries">What was asked about it, as asked.</param>
/// <param name="Answer">How it would be reached.</param>
internal sealed record DomainLine(MailDomain Domain, long? Mails, IReadOnlyList<string> Entries, RoutedDomain Answer);

/// <summary>So many of the domains, and of the mails where they are all counted.</summary>
internal sealed record Share(int Domains, long Mails);

/// <summary>A reason and the domains that have it.</summary>
internal sealed record ReasonShare(string Reason, Share Share);

/// <summary>For a decision maker: how much arrives directly, how much by link, and why. Pure.</summary>
internal sealed record CheckReport(IReadOnlyList<DomainLine> Lines)
{
    /// <summary>All of it.</summary>
    public Share Total { get; } = ShareOf(Lines);

    /// <summary>Every domain has a number of mails, so that shares can be told in mails.</summary>
    public bool CountsMails => Lines.All(line => line.Mails is not null) && Total.Mails > 0;

    /// <summary>Why domains are not reached directly, most first.</summary>
    public IReadOnlyList<ReasonShare> Reasons =>
        [
            .. Lines
                .Where(line => line.Answer.Plan.Route != Route.Tls)
                .GroupBy(line => line.Answer.Plan.Reason, StringComparer.Ordinal)
                .Select(same => new ReasonShare(same.Key, ShareOf([.. same])))
                .OrderByDescending(reason => CountsMails ? reason.Share.Mails : reason.Share.Domains)
                .ThenBy(reason => reason.Reason, StringComparer.Ordinal),
        ];

    /// <summary>The report on the entries of a check; domains stand once, in the order of their first entry.</summary>
    public static CheckReport Of(IEnumerable<CheckedEntry> entries) =>
        new([
            .. entries
                .GroupBy(entry => entry.Entry.Domain)
                .Select(same => new DomainLine(
                    same.Key,
                    same.Any(entry => entry.Entry.Mails is not null) ? same.Sum(entry => entry.Entry.Mails ?? 0) : null,
                    [.. same.Select(entry => entry.Entry.Text)],
                    same.First().Answer
                )),
        ]);

    /// <summary>How much goes by a route.</summary>
    public Share By(Route route) => ShareOf([.. Lines.Where(line => line.Answer.Plan.Route == route)]);

    /// <summary>Of 100, rounded down, so that only all is 100; at least 1 where there is any.</summary>
    public int Percent(Share share)
    {
        var (part, whole) = CountsMails ? (share.Mails, Total.Mails) : (share.Domains, Total.Domains);
        return part == 0 || whole == 0 ? 0 : Math.Max(1, (int)(100 * part / whole));
    }

    private static Share ShareOf(IReadOnlyList<DomainLine> lines) =>
        new(lines.Count, lines.Sum(line => line.Mails ?? 0));
}
