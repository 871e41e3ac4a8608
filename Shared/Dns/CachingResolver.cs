using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace TlsOrLink.Dns;

/// <summary>The resolver of the product: cache, alias chains and the reading of records around one <see cref="DnsExchange"/>.</summary>
internal sealed class CachingResolver(DnsExchange exchange, DnsCache cache, TimeProvider clock) : IResolver
{
    /// <inheritdoc />
    public Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation) =>
        FindAsync<MxRecord>(
            name,
            QueryType.MX,
            record => record is DnsClient.Protocol.MxRecord mx ? [Read(mx)] : [],
            cancellation
        );

    /// <inheritdoc />
    public async Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation)
    {
        var both = await Task.WhenAll(
            FindAsync<IPAddress>(
                name,
                QueryType.A,
                record => record is AddressRecord found ? [found.Address] : [],
                cancellation
            ),
            FindAsync<IPAddress>(
                name,
                QueryType.AAAA,
                record => record is AddressRecord found ? [found.Address] : [],
                cancellation
            )
        );
        return AddressAnswers.Merge(both[0], both[1]);
    }

    /// <inheritdoc />
    public Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation) =>
        FindAsync<string>(
            name,
            QueryType.TXT,
            record => record is TxtRecord txt ? [string.Concat(txt.Text)] : [],
            cancellation
        );

    /// <inheritdoc />
    public Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation) =>
        FindAsync<TlsaRecord>(
            name,
            QueryType.TLSA,
            record => record is DnsClient.Protocol.TlsaRecord tlsa ? [Read(tlsa)] : [],
            cancellation
        );

    /// <inheritdoc />
    public Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation) =>
        FindAsync<DnsName>(
            DnsName.OfAddress(address),
            QueryType.PTR,
            record => DnsName.TryParse((record as PtrRecord)?.PtrDomainName.Value, out var host) ? [host] : [],
            cancellation
        );

    /// <inheritdoc />
    public Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation) =>
        FindAsync<DnsName>(
            name,
            QueryType.CNAME,
            record => DnsName.TryParse((record as CNameRecord)?.CanonicalName.Value, out var target) ? [target] : [],
            cancellation
        );

    private async Task<DnsAnswer<T>> FindAsync<T>(
        DnsName name,
        QueryType type,
        Func<DnsResourceRecord, IEnumerable<T>> read,
        CancellationToken cancellation
    )
    {
        if (cache.Find<T>(name, type) is { } known)
        {
            return known;
        }

        var answer = await AskAsync(name, type, read, cancellation);
        cache.Keep(name, type, answer);
        return answer;
    }

    private async Task<DnsAnswer<T>> AskAsync<T>(
        DnsName name,
        QueryType type,
        Func<DnsResourceRecord, IEnumerable<T>> read,
        CancellationToken cancellation
    )
    {
        var (owner, aliases, secure, expires) = (name, 0, true, DateTimeOffset.MaxValue);
        while (true)
        {
            var reply = await exchange.AskAsync(owner, type, cancellation);
            var now = clock.GetUtcNow();
            aliases += reply.Aliases;
            var failure = aliases > AliasChain.MaxLength ? DnsFailures.AliasChain : reply.Failure;
            if (failure is not null)
            {
                return DnsAnswer<T>.NotFoundOut(failure, reply.Owner, now);
            }

            owner = reply.Owner;
            secure &= reply.Secure;
            expires = now + reply.Life < expires ? now + reply.Life : expires;
            if (!reply.Unfinished)
            {
                return new DnsAnswer<T>(reply.Status, [.. reply.Records.SelectMany(read)], secure, owner, expires);
            }
        }
    }

    private static MxRecord Read(DnsClient.Protocol.MxRecord mx) =>
        new(mx.Preference, mx.Exchange.Value is "." or "" ? "." : mx.Exchange.Value.TrimEnd('.'));

    private static TlsaRecord Read(DnsClient.Protocol.TlsaRecord tlsa) =>
        new(
            (byte)tlsa.CertificateUsage,
            (byte)tlsa.Selector,
            (byte)tlsa.MatchingType,
            tlsa.CertificateAssociationData.ToArray()
        );
}
