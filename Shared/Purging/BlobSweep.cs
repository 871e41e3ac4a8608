using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes the blobs of one message: by prefix, so that whatever a crash left there goes too, or by name where nothing else can be there.</summary>
internal sealed class BlobSweep(BlobServiceClient blobs)
{
    /// <summary>Removes the message as it came in, of every attempt in that hour. One list call and one for each blob.</summary>
    /// <returns>Blobs removed.</returns>
    public Task<int> RemoveContentAsync(DateTimeOffset createdAt, string id, CancellationToken cancellation) =>
        RemoveAsync(ContainerNames.Messages, Prefix(createdAt, id), DateTimeOffset.MaxValue, cancellation);

    /// <summary>As <see cref="RemoveContentAsync"/>, but spares what was written after <paramref name="olderThan"/>.</summary>
    public Task<int> RemoveOrphansAsync(
        DateTimeOffset createdAt,
        string id,
        DateTimeOffset olderThan,
        CancellationToken cancellation
    ) => RemoveAllAsync(createdAt, id, olderThan, cancellation);

    /// <summary>Removes what an attempt left in an hour that is not the message's: content, and copies of uploads.</summary>
    public Task<int> RemoveAttemptAsync(DateTimeOffset at, string id, CancellationToken cancellation) =>
        RemoveAllAsync(at, id, DateTimeOffset.MaxValue, cancellation);

    /// <summary>Removes the files that were taken out, and the body that was kept with them.</summary>
    /// <returns>Blobs removed.</returns>
    public Task<int> RemoveFilesAsync(DateTimeOffset createdAt, string id, CancellationToken cancellation) =>
        RemoveAsync(ContainerNames.Files, Prefix(createdAt, id), DateTimeOffset.MaxValue, cancellation);

    /// <summary>Removes the message as it came in where it can have been written only once. One call.</summary>
    /// <returns>Blobs removed.</returns>
    public Task<int> RemoveOnlyContentAsync(string blob, CancellationToken cancellation) =>
        RemoveBlobAsync(blobs.GetBlobContainerClient(ContainerNames.Messages), blob, cancellation);

    /// <summary>Removes files by their names, all that may be there; one call for each.</summary>
    /// <returns>Blobs removed.</returns>
    public async Task<int> RemoveFilesAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var container = blobs.GetBlobContainerClient(ContainerNames.Files);
        var removed = 0;
        foreach (var name in names)
        {
            removed += await RemoveBlobAsync(container, name, cancellation);
        }

        return removed;
    }

    private async Task<int> RemoveAllAsync(
        DateTimeOffset at,
        string id,
        DateTimeOffset olderThan,
        CancellationToken cancellation
    ) =>
        await RemoveAsync(ContainerNames.Messages, Prefix(at, id), olderThan, cancellation)
        + await RemoveAsync(ContainerNames.Files, Prefix(at, id), olderThan, cancellation);

    private static string Prefix(DateTimeOffset createdAt, string id) => $"{Keys.Hour(createdAt)}/{id}/";

    private async Task<int> RemoveAsync(
        string containerName,
        string prefix,
        DateTimeOffset olderThan,
        CancellationToken cancellation
    )
    {
        var container = blobs.GetBlobContainerClient(containerName);
        var options = new GetBlobsOptions { Prefix = prefix };
        var removed = 0;
        await foreach (var blob in container.GetBlobsAsync(options, cancellation))
        {
            if (blob.Properties.LastModified is not { } written || written < olderThan)
            {
                removed += await RemoveBlobAsync(container, blob.Name, cancellation);
            }
        }

        return removed;
    }

    private static async Task<int> RemoveBlobAsync(
        BlobContainerClient container,
        string name,
        CancellationToken cancellation
    )
    {
        var response = await container
            .GetBlobClient(name)
            .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        return response.Value ? 1 : 0;
    }
}
