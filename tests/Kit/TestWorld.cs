using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
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

    public TestWorld()
    {
        _azurite = Part(() => Kit.Storage.Azurite.StartAsync(Folder, Authority));
        _identity = Part(IdentityEndpoint.StartAsync);
        _dns = Part(() => DnsServer.StartAsync(Folder));
        _postfix = Part(() => Mail.Postfix.StartAsync(Folder, Authority, Loopback));
        _storage = Part(async () => await StorageProxy.StartAsync(await Azurite, Authority));
    }

    public TempFolder Folder { get; } = new();

    /// <summary>The only authority that the world's app trusts beside the system's.</summary>
    public PrivateAuthority Authority { get; } = new();

    public Loopback Loopback { get; } = new();

    /// <summary>Storage itself: what tests look into.</summary>
    public Task<Azurite> Azurite => _azurite.Value;

    /// <summary>Storage as the app sees it.</summary>
    public Task<StorageProxy> Storage => _storage.Value;

    public Task<IdentityEndpoint> Identity => _identity.Value;

    /// <summary>The resolver that the app asks.</summary>
    public Task<DnsServer> Dns => _dns.Value;

    /// <summary>The mail servers that are real ones.</summary>
    public Task<Postfix> Postfix => _postfix.Value;

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
        where T : IAsyncDisposable =>
        new(async () =>
        {
            var part = await start();
            lock (_started)
            {
                _started.Add(part);
            }

            return part;
        });
}
