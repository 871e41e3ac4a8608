using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;

namespace TlsOrLink.Storage;

/// <summary>Creates the tables and containers before anything else starts, and waits briefly for storage to be there.</summary>
internal sealed partial class StorageStart(
    TableServiceClient tables,
    BlobServiceClient blobs,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<StorageStart> logger
) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var giveUpAt = time.GetUtcNow() + options.Value.StartWait;
        while (true)
        {
            try
            {
                await CreateAsync(cancellationToken);
                return;
            }
            catch (TransientFault fault) when (time.GetUtcNow() < giveUpAt)
            {
                LogWaiting(fault.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task CreateAsync(CancellationToken cancellation) =>
        Task.WhenAll([
            .. TableNames.All.Select(name => (Task)tables.CreateTableIfNotExistsAsync(name, cancellation)),
            .. ContainerNames.All.Select(name =>
                (Task)blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation)
            ),
        ]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage is not there yet, trying again: {Fault}")]
    private partial void LogWaiting(string fault);
}
