using System.Net;
using System.Net.Sockets;
using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.Mx;

/// <summary>Finds the hosts of a domain (RFC 5321 section 5.1) and the addresses of a host.</summary>
/// <param name="resolver">The resolver.</param>
/// <param name="random">Shuffles hosts of equal preference.</param>
internal sealed class MxLookup(IResolver resolver, Random random)
{
    private const int MaxHosts = 10;
    private const int MaxAddresses = 5;

    /// <summary>The hosts of a domain in the order of use.</summary>
    public async Task<MxAnswer> FindAsync(MailDomain domain, CancellationToken cancellation)
    {
        var name = DnsName.Of(domain);
        var answer = await resolver.FindMxAsync(name, cancellation);
        return answer.Status switch
        {
            DnsStatus.Found => FromRecords(answer),
            DnsStatus.NoData => await ImplicitAsync(name, answer, cancellation),
            DnsStatus.NxDomain => Without(MxStatus.NoSuchDomain, MxReasons.NoSuchDomain, answer),
            _ => Without(MxStatus.Failed, answer.Failure ?? DnsFailures.ServFail, answer),
        };
    }

    /// <summary>The addresses of a host, families alternating with IPv6 first, at most 5.</summary>
    public async Task<DnsAnswer<IPAddress>> FindAddressesAsync(MxHost host, CancellationToken cancellation)
    {
        var answer = await resolver.FindAddressesAsync(host.Name, cancellation);
        return answer with { Records = Alternate(answer.Records) };
    }

    // NXDOMAIN never leads here: only an existing name can be its own host.
    private async Task<MxAnswer> ImplicitAsync(DnsName name, DnsAnswer<MxRecord> mx, CancellationToken cancellation)
    {
        var addresses = await resolver.FindAddressesAsync(name, cancellation);
        var expires = mx.Expires < addresses.Expires ? mx.Expires : addresses.Expires;
        return addresses.Status switch
        {
            DnsStatus.Found => new MxAnswer(
                MxStatus.Hosts,
                MxReasons.Implicit,
                [new MxHost(name, 0)],
                mx.Secure,
                mx.Owner,
                expires
            ),
            DnsStatus.Failed => Without(MxStatus.Failed, addresses.Failure ?? DnsFailures.ServFail, mx, expires),
            _ => Without(MxStatus.NoMail, MxReasons.NoMailHost, mx, expires),
        };
    }

    private MxAnswer FromRecords(DnsAnswer<MxRecord> answer)
    {
        if (answer.Records is [{ Exchange: "." }])
        {
            return Without(MxStatus.NoMail, MxReasons.NullMx, answer);
        }

        var records = answer.Records.ToArray();
        random.Shuffle(records);
        var hosts = records
            .SelectMany(Usable)
            .OrderBy(host => host.Preference)
            .DistinctBy(host => host.Name)
            .Take(MaxHosts);
        return hosts.ToList() is { Count: > 0 } list
            ? new MxAnswer(MxStatus.Hosts, MxReasons.Found, list, answer.Secure, answer.Owner, answer.Expires)
            : Without(MxStatus.NoMail, MxReasons.BadMx, answer);
    }

    private static IEnumerable<MxHost> Usable(MxRecord record) =>
        DnsName.TryParse(record.Exchange, out var name) && !name.IsAddressLiteral
            ? [new MxHost(name, record.Preference)]
            : [];

    private static MxAnswer Without(
        MxStatus status,
        string reason,
        DnsAnswer<MxRecord> answer,
        DateTimeOffset? expires = null
    ) => new(status, reason, [], answer.Secure, answer.Owner, expires ?? answer.Expires);

    private static IReadOnlyList<IPAddress> Alternate(IReadOnlyList<IPAddress> addresses) =>
        [
            .. addresses
                .GroupBy(address => address.AddressFamily)
                .SelectMany(family => family.Select((address, rank) => (address, rank)))
                .OrderBy(ranked => ranked.rank)
                .ThenBy(ranked => ranked.address.AddressFamily != AddressFamily.InterNetworkV6)
                .Take(MaxAddresses)
                .Select(ranked => ranked.address),
        ];
}
