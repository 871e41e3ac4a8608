using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;

namespace TlsOrLink.Storage;

/// <summary>
/// Creates the tables and containers that are missing before anything else starts, and waits briefly for storage to be there. The first try
/// may have begun earlier: <see cref="Begin"/>.
/// </summary>
internal sealed partial class StorageStart(
    TableServiceClient tables,
    BlobServiceClient blobs,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<StorageStart> logger
) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private Task? begun;

    /// <summary>Begins beside whatever the caller goes on with; what comes of it is told when the host starts.</summary>
    public void Begin() => begun = Task.Run(() => CreateAsync(default));

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var giveUpAt = time.GetUtcNow() + options.Value.StartWait;
        while (true)
        {
            try
            {
                var creation = begun ?? CreateAsync(cancellationToken);
                begun = null;
                await creation.WaitAsync(cancellationToken);
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
            CreateTablesAsync(cancellation),
            .. ContainerNames.All.Select(name => CreateAsync(name, cancellation)),
        ]);

    /// <summary>One call where all are there, as on every start but the first.</summary>
    private async Task CreateTablesAsync(CancellationToken cancellation)
    {
        var there = await tables
            .QueryAsync(cancellationToken: cancellation)
            .Select(table => table.Name)
            .ToListAsync(cancellation);
        await Task.WhenAll(
            TableNames
                .All.Except(there, StringComparer.OrdinalIgnoreCase)
                .Select(name => tables.CreateTableIfNotExistsAsync(name, cancellation))
        );
    }

    /// <summary>Asks first: the client takes the answer "it is there already" by an exception.</summary>
    private async Task CreateAsync(string name, CancellationToken cancellation)
    {
        var container = blobs.GetBlobContainerClient(name);
        if (!await container.ExistsAsync(cancellation))
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage is not there yet, trying again: {Fault}")]
    private partial void LogWaiting(string fault);
}
