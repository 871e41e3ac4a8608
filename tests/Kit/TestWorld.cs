using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Kit;

/// <summary>
/// One test class's own world on loopback. Parts start when they are first asked for and end with the world; use it as
/// <c>IClassFixture&lt;TestWorld&gt;</c>, or make one in a test that must not share.
/// </summary>
public sealed class TestWorld : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];
    private readonly Lazy<Task<Azurite>> _azurite;
    private readonly Lazy<Task<IdentityEndpoint>> _identity;
    private readonly Lazy<Task<StorageProxy>> _storage;
    private readonly Lazy<Task<DnsServer>> _dns;
    private readonly Lazy<Task<Postfix>> _postfix;
    private readonly Lazy<Task<PolicyServer>> _policies;
    private readonly Lazy<Task<AppProcess>> _app;

    public TestWorld()
    {
        _azurite = Part(() => Kit.Storage.Azurite.StartAsync(Folder, Authority));
        _identity = Part(IdentityEndpoint.StartAsync);
        _dns = Part(() => DnsServer.StartAsync(Folder));
        _postfix = Part(() => Mail.Postfix.StartAsync(Folder, Authority, Loopback));
        _policies = Part(() => PolicyServer.StartAsync(Authority, Loopback));
        _storage = Part(async () => await StorageProxy.StartAsync(await Azurite, Authority));
        _app = new(() => StartAppAsync());
    }

    /// <summary>The key of the one caller that <see cref="GetSettingsAsync"/> knows: role sender, any address of sender.example.</summary>
    public static string CallerKey => AppSettings.CallerKey;

    public TempFolder Folder { get; } = new();

    /// <summary>The only authority that the world's app trusts.</summary>
    public PrivateAuthority Authority { get; } = new();

    public Loopback Loopback { get; } = new();

    /// <summary>Storage itself: what tests look into.</summary>
    public Task<Azurite> Azurite => _azurite.Value;

    /// <summary>Storage as the app sees it.</summary>
    public Task<StorageProxy> Storage => _storage.Value;

    /// <summary>Where the app gets its tokens.</summary>
    public Task<IdentityEndpoint> Identity => _identity.Value;

    /// <summary>The resolver that the app asks.</summary>
    public Task<DnsServer> Dns => _dns.Value;

    /// <summary>The mail servers that are real ones.</summary>
    public Task<Postfix> Postfix => _postfix.Value;

    /// <summary>The server of MTA-STS policies.</summary>
    public Task<PolicyServer> Policies => _policies.Value;

    /// <summary>The app, with the world's settings and no others.</summary>
    public Task<AppProcess> App => _app.Value;

    /// <summary>The settings of an app in this world, with an address and a database of its own; add or change what the test needs.</summary>
    public Task<Dictionary<string, string>> GetSettingsAsync() => AppSettings.ForAsync(this);

    /// <summary>Starts an app with settings of the test's own on top of the world's.</summary>
    public async Task<AppProcess> StartAppAsync(params (string Name, string Value)[] settings)
    {
        var all = await GetSettingsAsync();
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return Keep(await AppProcess.StartAsync(all, Folder.Folder("app")));
    }

    /// <summary>Starts a mail server that misbehaves as told.</summary>
    public ScriptedSmtp StartScripted(string hostName, SmtpScript? script = null)
    {
        var server = Keep(ScriptedSmtp.Start(hostName, Authority, Loopback));
        server.Script = _ => script ?? new SmtpScript();
        return server;
    }

    /// <summary>Starts a mail server that knows REQUIRETLS.</summary>
    public async Task<NodeSmtp> StartNodeAsync(string hostName, NodeSmtpWish? wish = null) =>
        Keep(await NodeSmtp.StartAsync(hostName, wish ?? new NodeSmtpWish(), Folder, Authority, Loopback));

    public async ValueTask DisposeAsync()
    {
        for (var i = _started.Count - 1; i >= 0; i--)
        {
            await _started[i].DisposeAsync();
        }

        Authority.Dispose();
        Loopback.Dispose();
        Folder.Dispose();
    }

    private Lazy<Task<T>> Part<T>(Func<Task<T>> start)
        where T : IAsyncDisposable => new(async () => Keep(await start()));

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        lock (_started)
        {
            _started.Add(part);
        }

        return part;
    }
}
