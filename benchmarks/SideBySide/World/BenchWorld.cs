using System.Net;
using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
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
    public async Task<Dictionary<string, string>> GetSettingsAsync(string storageConnection)
    {
        var trusted = World.Folder.File("tls", "authority.pem");
        await File.WriteAllTextAsync(trusted, World.Authority.Pem);
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Loopback.FreePort()}",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Embedded__Database"] = World.Folder.File("app", $"{Guid.NewGuid():n}.db"),
            ["Storage__StateConnection"] = storageConnection,
            ["Storage__ContentConnection"] = storageConnection,
            ["Storage__HashKey"] = Convert.ToBase64String(SHA256.HashData("bench"u8)),
            ["Dns__Servers__0"] = (await World.Dns).EndPoint.ToString(),
            ["Dns__Validating"] = "true",
            ["Smtp__Port"] = $"{SmtpPort}",
            ["Smtp__OpenRanges__0"] = "127.0.0.0/8",
            ["Smtp__TrustBundle"] = trusted,
            ["Smtp__EhloName"] = "sender.example",
            ["Links__Host"] = "https://links.sender.example",
            ["Links__CompanyName"] = "Kit Trading",
            ["Callers__0__Name"] = "bench",
            ["Callers__0__KeyHash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CallerKey))),
            ["Callers__0__Roles__0"] = "sender",
            ["Callers__0__Senders__0"] = "*@sender.example",
            // No timer runs while something is measured.
            ["Purging__Schedule"] = "0 0 0 1 1 *",
            ["Reconciling__Schedule"] = "0 0 0 1 1 *",
        };
    }

    public static IPEndPoint Of(PostfixServer server, int port) => new(server.Address, port);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
