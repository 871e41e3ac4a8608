using System.Net;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>A resolver made of plain data, for tests that are about mail servers.</summary>
internal sealed class PlainResolver : IResolver
{
    public Dictionary<string, MxRecord[]> Mx { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, IPAddress[]> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>A domain with one MX host <c>mx.DOMAIN</c>.</summary>
    public PlainResolver With(string domain, params IPAddress[] addresses) =>
        With(domain, new MxRecord(10, $"mx.{domain}")).WithHost($"mx.{domain}", addresses);

    public PlainResolver With(string domain, params MxRecord[] records)
    {
        Mx[domain] = records;
        return this;
    }

    public PlainResolver WithHost(string host, params IPAddress[] addresses)
    {
        Addresses[host] = addresses;
        return this;
    }

    public Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation) =>
        AnswerAsync(Mx.GetValueOrDefault(name.Value), name);

    public Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation) =>
        AnswerAsync(Addresses.GetValueOrDefault(name.Value), name);

    public Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation) =>
        AnswerAsync<string>(null, name);

    public Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation) =>
        AnswerAsync<TlsaRecord>(null, name);

    public Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation) =>
        AnswerAsync<DnsName>(null, DnsName.OfAddress(address));

    public Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation) =>
        AnswerAsync<DnsName>(null, name);

    private static Task<DnsAnswer<T>> AnswerAsync<T>(T[]? records, DnsName name) =>
        Task.FromResult(
            new DnsAnswer<T>(
                records is null ? DnsStatus.NxDomain : DnsStatus.Found,
                records ?? [],
                Secure: false,
                name,
                DateTimeOffset.MaxValue
            )
        );
}
