using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>The product's resolver on a scripted server.</summary>
public abstract class ScriptedResolver : IAsyncDisposable
{
    private protected ScriptedDns Server { get; } = new();
    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected CachingResolver Resolver(Action<DnsOptions>? change = null)
    {
        var options = Settings();
        change?.Invoke(options);
        return new CachingResolver(
            new DnsExchange(Options.Create(options)),
            new DnsCache(Options.Create(options), Clock),
            Clock
        );
    }

    private protected DnsOptions Settings() =>
        new()
        {
            Servers = [Server.Server],
            Retries = 0,
            Timeout = TimeSpan.FromSeconds(10),
        };

    private protected static DnsName Name(string text) => PlainResolver.Name(text);
}
