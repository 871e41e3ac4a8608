using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>The real rooms from the resolver to the prober, on loopback, trusting an authority of the test alone.</summary>
internal sealed class ClientWorld : IDisposable
{
    private readonly string _bundle = Path.GetTempFileName();
    private readonly ServiceProvider _services;

    public ClientWorld(int port, params (string Key, string Value)[] settings)
        : this(port, null, null, settings) { }

    public ClientWorld(
        int port,
        IResolver? resolver,
        PrivateAuthority? authority = null,
        params (string Key, string Value)[] settings
    )
    {
        File.WriteAllText(_bundle, (authority ?? Authority).Pem);
        var configuration = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Smtp:Port"] = $"{port}",
            ["Smtp:TrustBundle"] = _bundle,
            ["Smtp:OpenRanges:0"] = "127.0.0.0/8",
            ["Smtp:EhloName"] = "client.example",
        };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddDns()
            .AddMx()
            .AddMtaSts()
            .AddDane()
            .AddSmtp()
            .AddProbing()
            .AddSingleton<IMtaStsStore>(new MemoryStore());
        if (resolver is not null)
        {
            services.AddSingleton(resolver);
        }

        _services = services.BuildServiceProvider();
    }

    /// <summary>The authority that the client trusts unless the test names another.</summary>
    public static PrivateAuthority Authority { get; } = new();

    public ISmtpConnector Connector => Get<ISmtpConnector>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<TlsVerdict> ProbeAsync(string domain) =>
        Get<IDomainProber>().ProbeAsync(MailDomain.Parse(domain), CancellationToken.None);

    public Task<ConnectOutcome> ConnectAsync(
        ScriptedPeer peer,
        string host = "mx.test",
        SmtpSecurity security = SmtpSecurity.Required,
        double seconds = 5
    ) => ConnectAsync([peer.Address], host, security, seconds);

    public Task<ConnectOutcome> ConnectAsync(
        IReadOnlyList<IPAddress> addresses,
        string host = "mx.test",
        SmtpSecurity security = SmtpSecurity.Required,
        double seconds = 5
    ) =>
        Connector.ConnectAsync(
            new SmtpTarget(host, addresses),
            security,
            TimeSpan.FromSeconds(seconds),
            CancellationToken.None
        );

    public void Dispose()
    {
        _services.Dispose();
        File.Delete(_bundle);
    }

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
