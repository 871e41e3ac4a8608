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

namespace TlsOrLink.Tests.Integration.Verdicts;

/// <summary>A prober that counts, and answers when it is let.</summary>
internal sealed class CountingProber(TimeProvider clock) : IDomainProber
{
    private int _probes;

    public int Probes => Volatile.Read(ref _probes);

    /// <summary>Awaited by every probe.</summary>
    public Func<CancellationToken, Task> Wait { get; set; } = _ => Task.CompletedTask;

    public TlsLevel Level { get; set; } = TlsLevel.Verified;

    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    public async Task<TlsVerdict> ProbeAsync(MailDomain domain, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _probes);
        await Wait(cancellation);
        var now = clock.GetUtcNow();
        return new TlsVerdict(domain, Level, $"probe-{number}", DomainPolicy.None, [], now, now + Life);
    }
}

/// <summary>One instance of the app, as far as verdicts go; several share a table.</summary>
internal sealed class Instance : IDisposable
{
    private readonly ServiceProvider _services;

    public Instance(TableServiceClient tables, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        Prober = new CountingProber(clock ?? TimeProvider.System);
        var configuration = settings.ToDictionary(
            setting => setting.Key,
            setting => (string?)setting.Value,
            StringComparer.Ordinal
        );
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(tables)
            .AddDns()
            .AddMx()
            .AddMtaSts()
            .AddDane()
            .AddSmtp()
            .AddSingleton<IDomainProber>(Prober)
            .AddProbing()
            .AddVerdicts()
            .BuildServiceProvider();
    }

    public CountingProber Prober { get; }

    public IVerdicts Verdicts => _services.GetRequiredService<IVerdicts>();

    public Task<TlsVerdict> GetAsync(string domain) =>
        Verdicts.GetAsync(MailDomain.Parse(domain), CancellationToken.None);

    public void Dispose() => _services.Dispose();
}
