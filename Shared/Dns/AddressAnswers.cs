using System.Net;

namespace TlsOrLink.Dns;

/// <summary>Makes one answer of A and AAAA.</summary>
internal static class AddressAnswers
{
    /// <summary>
    /// Addresses of one family count although the other failed; absence counts only where both are sure of it. Secure is what the
    /// addresses that were found are.
    /// </summary>
    public static DnsAnswer<IPAddress> Merge(DnsAnswer<IPAddress> v4, DnsAnswer<IPAddress> v6)
    {
        DnsAnswer<IPAddress>[] both = [v4, v6];
        var status = new[] { DnsStatus.Found, DnsStatus.Failed, DnsStatus.NoData, DnsStatus.NxDomain }.First(status =>
            both.Any(answer => answer.Status == status)
        );
        var telling = both.Where(answer => answer.Status == status).ToList();
        return telling[0] with
        {
            Records = [.. telling.SelectMany(answer => answer.Records)],
            Secure = telling.All(answer => answer.Secure),
            Expires = both.Min(answer => answer.Expires),
        };
    }
}
