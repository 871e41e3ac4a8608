using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TlsOrLink.Auditing;
using TlsOrLink.Callers;
using TlsOrLink.Events;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Purging;
using TlsOrLink.Screening;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>The real container of the rooms around links; only the network is the test's.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    private readonly IHost host;

    private Rooms(IHost host) => this.host = host;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>As in Development: the account key over HTTP.</summary>
    public static Task<Rooms> StartPlainAsync(StorageProxy proxy, params (string Key, string Value)[] settings)
    {
        var connection = Azurite.ConnectionStringFor(proxy.BlobUri, proxy.TableUri);
        return StartAsync(
            Environments.Development,
            _ => { },
            [("Storage:StateConnection", connection), ("Storage:ContentConnection", connection), .. settings]
        );
    }

    /// <summary>As on Azure: an identity over HTTPS, no account key anywhere.</summary>
    public static Task<Rooms> StartSecureAsync(
        StorageProxy proxy,
        TokenCredential credential,
        HttpMessageHandler trusting,
        TimeProvider? time = null
    ) =>
        StartAsync(
            Environments.Production,
            services =>
            {
                services.AddSingleton(time ?? TimeProvider.System);
                services.AddSingleton(
                    new BlobServiceClient(
                        proxy.BlobUri,
                        credential,
                        Through(new BlobClientOptions(), trusting, "Blob storage")
                    )
                );
                services.AddSingleton(
                    new TableServiceClient(
                        proxy.TableUri,
                        credential,
                        Through(new TableClientOptions(), trusting, "Table storage")
                    )
                );
            },
            ("Storage:StateTableUri", proxy.TableUri.AbsoluteUri),
            ("Storage:ContentBlobUri", proxy.BlobUri.AbsoluteUri)
        );

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static async Task<Rooms> StartAsync(
        string environment,
        Action<IServiceCollection> network,
        params (string Key, string Value)[] settings
    )
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment, DisableDefaults = true }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Events:ChainKey"] = Convert.ToBase64String(new byte[32]),
                ["Storage:HashKey"] = Convert.ToBase64String(new byte[32]),
                ["Storage:Tries"] = "1",
                // The one try is not given up on a machine that does much else.
                ["Storage:TableTimeout"] = "00:02:00",
                ["Storage:BlobTimeout"] = "00:02:00",
                ["Links:Host"] = "https://files.sender.example",
                ["Links:CompanyName"] = "株式会社サンプル",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.Logging.ClearProviders();
        builder
            .Services.AddStorage()
            .AddEvents()
            .AddScreening()
            .AddMessages()
            .AddLinks()
            .AddPages()
            .AddPurging()
            .AddAuditing();
        builder.Services.Configure<CallersOptions>(options =>
            options.Callers.Add(new CallerSettings { Name = "caller" })
        );
        network(builder.Services);
        var built = builder.Build();
        await built.StartAsync();
        return new Rooms(built);
    }

    private static T Through<T>(T options, HttpMessageHandler handler, string service)
        where T : ClientOptions
    {
        options.Transport = new HttpClientTransport(handler);
        options.Retry.MaxRetries = 0;
        options.AddPolicy(new StorageFaultPolicy(service), HttpPipelinePosition.PerCall);
        return options;
    }
}

/// <summary>An Azurite of its own over HTTP behind a proxy, with the rooms on it.</summary>
internal sealed record PlainRooms(
    TempFolder Folder,
    PrivateAuthority Authority,
    Azurite Azurite,
    StorageProxy Proxy,
    Rooms Rooms
) : IAsyncDisposable
{
    public static async Task<PlainRooms> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = new TempFolder();
        var azurite = await Azurite.StartPlainAsync(folder);
        var authority = new PrivateAuthority();
        var proxy = await StorageProxy.StartAsync(azurite, authority);
        return new PlainRooms(folder, authority, azurite, proxy, await Rooms.StartPlainAsync(proxy, settings));
    }

    public async ValueTask DisposeAsync()
    {
        await Rooms.DisposeAsync();
        await Proxy.DisposeAsync();
        await Azurite.DisposeAsync();
        Authority.Dispose();
        Folder.Dispose();
    }
}
