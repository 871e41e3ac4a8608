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

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>The real rooms from the resolver to the verdicts, with the settings of an app and the tables of its storage.</summary>
internal sealed class VerdictRooms : IDisposable
{
    private readonly ServiceProvider _services;

    public VerdictRooms(IReadOnlyDictionary<string, string> settings, TableServiceClient tables)
    {
        var configuration = settings.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting => (string?)setting.Value,
            StringComparer.Ordinal
        );
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddSingleton(tables)
            .AddDns()
            .AddMx()
            .AddMtaSts()
            .AddDane()
            .AddSmtp()
            .AddProbing()
            .AddVerdicts()
            .BuildServiceProvider();
    }

    public Task<TlsVerdict> GetAsync(string domain) =>
        _services.GetRequiredService<IVerdicts>().GetAsync(MailDomain.Parse(domain), CancellationToken.None);

    /// <summary>Probes, whatever is known.</summary>
    public Task<TlsVerdict> ProbeAsync(string domain) =>
        _services.GetRequiredService<IDomainProber>().ProbeAsync(MailDomain.Parse(domain), CancellationToken.None);

    public void Dispose() => _services.Dispose();
}
