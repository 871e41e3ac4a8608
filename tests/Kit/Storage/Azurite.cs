using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>A storage emulator of its own, empty, in memory.</summary>
public sealed class Azurite : IAsyncDisposable
{
    /// <summary>The account that Azurite knows.</summary>
    public const string Account = "devstoreaccount1";

    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Child _child;
    private readonly PrivateAuthority? _authority;

    private Azurite(Child child, Uri blobs, Uri tables, PrivateAuthority? authority)
    {
        _child = child;
        _authority = authority;
        BlobUri = new Uri(blobs, Account);
        TableUri = new Uri(tables, Account);
    }

    /// <summary>The blob service with the account in its path, as the clients of Azure want it.</summary>
    public Uri BlobUri { get; }

    /// <summary>The table service with the account in its path.</summary>
    public Uri TableUri { get; }

    /// <summary>With the account key. Only the plain flavour is meant to be used with it.</summary>
    public string ConnectionString => ConnectionStringFor(BlobUri, TableUri);

    /// <summary>HTTPS with bearer tokens, as on Azure: blobs and tables both take an <see cref="IdentityEndpoint"/>'s token.</summary>
    public static Task<Azurite> StartAsync(TempFolder folder, PrivateAuthority authority)
    {
        var (certificate, key) = authority
            .Issue("localhost", "127.0.0.1")
            .WriteTo(folder, $"azurite-{Guid.NewGuid():n}");
        return StartAsync(folder, authority, "--oauth", "basic", "--cert", certificate, "--key", key);
    }

    /// <summary>HTTP with the account key, as <c>./demo</c> uses it.</summary>
    public static Task<Azurite> StartPlainAsync(TempFolder folder) => StartAsync(folder, authority: null, []);

    /// <summary>A connection string for other addresses, those of a <see cref="StorageProxy"/> for instance.</summary>
    public static string ConnectionStringFor(Uri blobs, Uri tables) =>
        $"DefaultEndpointsProtocol={blobs.Scheme};AccountName={Account};AccountKey={Key};BlobEndpoint={blobs};TableEndpoint={tables};";

    /// <summary>A client that goes straight to the emulator, past any proxy.</summary>
    public BlobServiceClient NewBlobClient() =>
        new(ConnectionString, new BlobClientOptions { Transport = NewTransport() });

    /// <summary>A client that goes straight to the emulator, past any proxy.</summary>
    public TableServiceClient NewTableClient() =>
        new(ConnectionString, new TableClientOptions { Transport = NewTransport() });

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private HttpClientTransport NewTransport() => new(_authority?.NewHandler() ?? new SocketsHttpHandler());

    private static async Task<Azurite> StartAsync(TempFolder folder, PrivateAuthority? authority, params string[] more)
    {
        var child = Child.Start(
            "Azurite",
            [
                "node",
                Path.Combine(NodeFolder.Root, "node_modules", "azurite", "dist", "src", "azurite.js"),
                .. "--skipApiVersionCheck --disableTelemetry --silent --inMemoryPersistence".Split(' '),
                .. "--blobPort 0 --queuePort 0 --tablePort 0".Split(' '),
                .. more,
            ],
            folder: folder.Folder("azurite")
        );
        try
        {
            var blobs = await ListeningAsync(child, "Blob");
            return new Azurite(child, blobs, await ListeningAsync(child, "Table"), authority);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private static async Task<Uri> ListeningAsync(Child child, string service)
    {
        var announced = $"Azurite {service} service is successfully listening at ";
        var line = await child.WaitForLineAsync(l => l.StartsWith(announced, StringComparison.Ordinal));
        return new Uri(line[announced.Length..]);
    }
}
