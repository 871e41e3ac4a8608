using System.Net;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.World;

/// <summary>
/// What a row needs on loopback: the test world's DNS and mail servers, and storage that is fresh for each measurement. Storage is
/// Azurite over HTTP with its account key, as in <c>./demo</c>, on both sides alike: its own TLS is no part of any comparison.
/// </summary>
internal sealed class BenchWorld : IAsyncDisposable
{
    public const string Sender = "hanako@sender.example";

    public TestWorld World { get; } = new();

    public static string CallerKey => TestWorld.CallerKey;

    public int SmtpPort => World.Loopback.Port;

    public Task<Azurite> StartAzuriteAsync() => Azurite.StartPlainAsync(World.Folder);

    /// <summary>A mail server that takes everything and keeps nothing, with domains that have it as their MX host.</summary>
    public async Task<PostfixServer> AddSinkAsync(params IReadOnlyCollection<string> domains)
    {
        var server = await (await World.Postfix).AddAsync("mx.sink.test", MailFlavour.Discarding);
        await (await World.Dns).SetAsync([
            .. domains.Select(domain => new Zone(domain, "@ MX 10 mx.sink.test.") { Ttl = 3600 }),
            new Zone("sink.test", Zone.Host("mx", server.Address)) { Ttl = 3600 },
        ]);
        return server;
    }

    /// <summary>Starts the published app on the given storage.</summary>
    public async Task<AppProcess> StartAppAsync(
        string assembly,
        string storageConnection,
        params (string Name, string Value)[] settings
    )
    {
        var all = await GetSettingsAsync(storageConnection);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return await AppProcess.StartAsync(all, World.Folder.Folder("app"), assembly);
    }

    /// <summary>The settings of the app, as environment variables.</summary>
    public async Task<Dictionary<string, string>> GetSettingsAsync(string storageConnection) =>
        new(await AppSettings.WithoutStorageAsync(World))
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Storage__StateConnection"] = storageConnection,
            ["Storage__ContentConnection"] = storageConnection,
            // No timer runs while something is measured.
            ["Purging__Schedule"] = "0 0 0 1 1 *",
            ["Reconciling__Schedule"] = "0 0 0 1 1 *",
        };

    public static IPEndPoint Of(PostfixServer server, int port) => new(server.Address, port);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
