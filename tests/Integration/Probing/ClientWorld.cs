using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Dns;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>The real SMTP client on loopback, trusting an authority of the test alone.</summary>
internal sealed class ClientWorld : IDisposable
{
    private readonly string _bundle = Path.GetTempFileName();
    private readonly ServiceProvider _services;

    public ClientWorld(int port, params (string Key, string Value)[] settings)
    {
        File.WriteAllText(_bundle, Authority.Pem);
        var configuration = new Dictionary<string, string?>
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

        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddDns()
            .AddSmtp()
            .BuildServiceProvider();
        Connector = _services.GetRequiredService<ISmtpConnector>();
    }

    /// <summary>The authority that the client trusts.</summary>
    public static PrivateAuthority Authority { get; } = new();

    public ISmtpConnector Connector { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<ConnectOutcome> ConnectAsync(
        ScriptedPeer peer,
        string host = "mx.test",
        SmtpSecurity security = SmtpSecurity.Required,
        double seconds = 5
    ) =>
        Connector.ConnectAsync(
            new SmtpTarget(host, [peer.Address]),
            security,
            TimeSpan.FromSeconds(seconds),
            CancellationToken.None
        );

    public void Dispose()
    {
        _services.Dispose();
        File.Delete(_bundle);
    }
}
