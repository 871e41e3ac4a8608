using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>The bytes of an upload session, as they stand there now.</summary>
/// <param name="Bytes">Their number.</param>
/// <param name="ETag">Their version.</param>
internal sealed record UploadedBytes(long Bytes, ETag ETag);

/// <summary>
/// The adapter of uploaded blobs. A message never rests on the blob that its sender may still write: it gets a copy, made by storage, of the
/// very version that was looked at.
/// </summary>
internal sealed class UploadBlobs(BlobServiceClient blobs, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CopyTime = TimeSpan.FromMinutes(3);
    private readonly BlobContainerClient uploads = blobs.GetBlobContainerClient(ContainerNames.Uploads);
    private readonly BlobContainerClient files = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <summary>What was uploaded; null where nothing was committed yet.</summary>
    public async Task<UploadedBytes?> FindAsync(UploadRow row, CancellationToken cancellation)
    {
        try
        {
            var found = await uploads.GetBlobClient(row.Blob).GetPropertiesAsync(cancellationToken: cancellation);
            return found.Value.BlobType == BlobType.Block
                ? new UploadedBytes(found.Value.ContentLength, found.Value.ETag)
                : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Copies the very version of an upload into a file of ours, by storage itself.</summary>
    /// <returns>False where that version is not there any more.</returns>
    /// <exception cref="TransientFault">Storage is away, or takes too long.</exception>
    public async Task<bool> CopyAsync(UploadRow row, ETag version, string target, CancellationToken cancellation)
    {
        var copy = files.GetBlobClient(target);
        try
        {
            using var deadline = new CancellationTokenSource(CopyTime, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            var copying = await copy.StartCopyFromUriAsync(
                uploads.GetBlobClient(row.Blob).Uri,
                new BlobCopyFromUriOptions { SourceConditions = new BlobRequestConditions { IfMatch = version } },
                either.Token
            );
            await copying.WaitForCompletionAsync(Poll, either.Token);
            // Whatever the uploader said of encoding or type must not reach those who download.
            await copy.SetHttpHeadersAsync(new BlobHttpHeaders(), cancellationToken: either.Token);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TransientFault("Storage takes too long to copy an uploaded file.");
        }
    }

    /// <summary>Removes what was uploaded, also where whoever uploaded it has taken a lease: a SAS that writes may.</summary>
    public async Task DeleteAsync(string caller, string id, CancellationToken cancellation)
    {
        var blob = uploads.GetBlobClient(Keys.UploadBlob(caller, id));
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        }
        catch (RequestFailedException leased) when (leased.Status == 412)
        {
            await new BlobLeaseClient(blob).BreakAsync(TimeSpan.Zero, cancellationToken: cancellation);
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        }
    }

    /// <summary>Removes a copy.</summary>
    public Task DeleteCopyAsync(string target, CancellationToken cancellation) =>
        files.GetBlobClient(target).DeleteIfExistsAsync(cancellationToken: cancellation);
}
