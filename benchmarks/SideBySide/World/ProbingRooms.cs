using System.Collections.Concurrent;
using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;
using TlsOrLink.Verdicts;

namespace TlsOrLink.Benchmarks.World;

/// <summary>The product's own rooms from the resolver to the verdicts, in this process.</summary>
internal sealed class ProbingRooms : IDisposable
{
    private readonly ServiceProvider _services;

    private ProbingRooms(ServiceProvider services) => _services = services;

    /// <summary>Prober alone: names are answered from memory.</summary>
    public static ProbingRooms WithNames(IResolver names, params IEnumerable<(string Key, string Value)> settings) =>
        new(Rooms(settings).AddSingleton(names).AddSingleton<IMtaStsStore>(new MemoryStore()).BuildServiceProvider());

    /// <summary>With a real resolver and the cache in table storage.</summary>
    public static ProbingRooms WithTables(
        TableServiceClient tables,
        params IEnumerable<(string Key, string Value)> settings
    ) => new(Rooms(settings).AddSingleton(tables).AddVerdicts().BuildServiceProvider());

    public Task<TlsVerdict> ProbeAsync(string domain) =>
        _services.GetRequiredService<IDomainProber>().ProbeAsync(MailDomain.Parse(domain), CancellationToken.None);

    public Task<TlsVerdict> GetAsync(string domain) =>
        _services.GetRequiredService<IVerdicts>().GetAsync(MailDomain.Parse(domain), CancellationToken.None);

    public void Dispose() => _services.Dispose();

    private static IServiceCollection Rooms(IEnumerable<(string Key, string Value)> settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
                    .Build()
            )
            .AddDns()
            .AddMx()
            .AddMtaSts()
            .AddDane()
            .AddSmtp()
            .AddProbing();

    private sealed class MemoryStore : IMtaStsStore
    {
        private readonly ConcurrentDictionary<MailDomain, StsEntry> _kept = new();

        public Task<StsEntry?> ReadAsync(MailDomain domain, CancellationToken cancellation) =>
            Task.FromResult(_kept.GetValueOrDefault(domain));

        public Task WriteAsync(MailDomain domain, StsEntry entry, CancellationToken cancellation)
        {
            _kept[domain] = entry;
            return Task.CompletedTask;
        }
    }
}

/// <summary>Every domain has a host of its own, <c>mx-DOMAIN</c>, and all of them one address: nothing is shared but the server.</summary>
internal sealed class OneAddress(IPAddress address) : IResolver
{
    public Task<DnsAnswer<MxRecord>> FindMxAsync(DnsName name, CancellationToken cancellation) =>
        Found(name, new MxRecord(10, $"mx-{name.Value}"));

    public Task<DnsAnswer<IPAddress>> FindAddressesAsync(DnsName name, CancellationToken cancellation) =>
        Found(name, address);

    public Task<DnsAnswer<string>> FindTextAsync(DnsName name, CancellationToken cancellation) => None<string>(name);

    public Task<DnsAnswer<TlsaRecord>> FindTlsaAsync(DnsName name, CancellationToken cancellation) =>
        None<TlsaRecord>(name);

    public Task<DnsAnswer<DnsName>> FindHostNamesAsync(IPAddress address, CancellationToken cancellation) =>
        None<DnsName>(DnsName.OfAddress(address));

    public Task<DnsAnswer<DnsName>> FindAliasAsync(DnsName name, CancellationToken cancellation) => None<DnsName>(name);

    private static Task<DnsAnswer<T>> Found<T>(DnsName name, T record) => Answer<T>(DnsStatus.Found, name, [record]);

    private static Task<DnsAnswer<T>> None<T>(DnsName name) => Answer<T>(DnsStatus.NxDomain, name, []);

    private static Task<DnsAnswer<T>> Answer<T>(DnsStatus status, DnsName name, T[] records) =>
        Task.FromResult(new DnsAnswer<T>(status, records, Secure: false, name, DateTimeOffset.MaxValue));
}
