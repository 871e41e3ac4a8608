using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace TlsOrLink.Storage;

/// <summary>Makes the clients of the two accounts: few short tries, faults mapped, and no URL in any log or trace.</summary>
internal static class StorageClients
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    /// <param name="options">Where the account is.</param>
    /// <param name="credential">Asked for only where a connection string does not name the key: the platform's takes long to make.</param>
    public static TableServiceClient Tables(StorageOptions options, Func<TokenCredential> credential)
    {
        var client = Configure(new TableClientOptions(), options, options.TableTimeout, "Table storage");
        return options.StateTableUri is { } uri
            ? new TableServiceClient(uri, credential(), client)
            : new TableServiceClient(options.StateConnection, client);
    }

    /// <inheritdoc cref="Tables"/>
    public static BlobServiceClient Blobs(StorageOptions options, Func<TokenCredential> credential)
    {
        var client = Configure(new BlobClientOptions(), options, options.BlobTimeout, "Blob storage");
        return options.ContentBlobUri is { } uri
            ? new BlobServiceClient(uri, credential(), client)
            : new BlobServiceClient(options.ContentConnection, client);
    }

    /// <summary>The platform's identity where it offers one, else what a developer is signed in with.</summary>
    public static TokenCredential Credential(StorageOptions options) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT"))
            ? new DefaultAzureCredential(
                new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.IdentityClientId }
            )
            : new ManagedIdentityCredential(
                options.IdentityClientId is { Length: > 0 } id
                    ? ManagedIdentityId.FromUserAssignedClientId(id)
                    : ManagedIdentityId.SystemAssigned
            );

    private static T Configure<T>(T client, StorageOptions options, TimeSpan timeout, string service)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Tries - 1;
        client.Retry.Delay = FirstDelay;
        client.Retry.MaxDelay = MaxDelay;
        client.Retry.NetworkTimeout = timeout;
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsLoggingContentEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.Diagnostics.IsTelemetryEnabled = false;
        client.Transport = Transport();
        client.AddPolicy(new StorageFaultPolicy(service), HttpPipelinePosition.PerCall);
        return client;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The transport lives as long as the client, which lives as long as the process."
    )]
    private static HttpClientTransport Transport()
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null, // storage's own logs need no trace, and each request would make one
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }
}
