using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>A file and the storage address that a mail names for it.</summary>
/// <param name="File">The recipient's own copy.</param>
/// <param name="Url">A secret: it belongs into that recipient's mail only.</param>
internal sealed record DirectFile(LinkFile File, Uri Url)
{
    /// <summary>The number alone.</summary>
    public override string ToString() => $"{nameof(DirectFile)} {File.N}";
}

/// <summary>
/// Links of mode <c>sas</c>: copies of a recipient's own, so that deleting them ends what was handed out. The copies stand beside the originals, under the
/// message's prefix, and are purged with them.
/// </summary>
internal sealed class DirectLinks(BlobServiceClient blobs, FileSas sas, LinkTable links)
{
    private const int IdCharacters = 24;
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <summary>The file as a link's own copy, which is not made yet. Pure.</summary>
    public static LinkFile CopyOf(LinkFile file, LinkToken token) =>
        file with
        {
            Blob = $"{file.Blob[..(file.Blob.LastIndexOf('/') + 1)]}d/{token.LinkId[..IdCharacters]}/{file.N}",
        };

    /// <summary>Makes the copies of a stored link, and their addresses, which end with the link.</summary>
    /// <param name="row">The link, of mode <c>sas</c>.</param>
    /// <param name="originals">What is copied: the same files in the same order.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage is away, or did not finish a copy.</exception>
    /// <exception cref="PermanentFault">A file is gone.</exception>
    public async Task<IReadOnlyList<DirectFile>> OpenAsync(
        LinkRow row,
        IReadOnlyList<LinkFile> originals,
        CancellationToken cancellation
    )
    {
        List<DirectFile> files = [];
        foreach (var (original, copy) in originals.Zip(row.Files))
        {
            await CopyAsync(original, copy, cancellation);
            files.Add(new DirectFile(copy, await sas.IssueUntilAsync(copy, row.ExpiresAt, cancellation)));
        }

        // Taken back meanwhile, its copies may have been deleted before they were made.
        if (await links.FindAsync(row.LinkId, cancellation) is not { RevokedAt: null })
        {
            await CloseAsync(row, cancellation);
        }

        return files;
    }

    private async Task CopyAsync(LinkFile original, LinkFile copy, CancellationToken cancellation)
    {
        try
        {
            var source = container.GetBlobClient(original.Blob).Uri;
            var copying = await container
                .GetBlobClient(copy.Blob)
                .StartCopyFromUriAsync(source, cancellationToken: cancellation);
            await copying.WaitForCompletionAsync(cancellation);
            // A copy that failed or was aborted ends like any other, with no bytes.
            if (!copying.HasValue || copying.Value != original.Bytes)
            {
                throw new TransientFault("Storage did not finish the copy of a file.");
            }
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            throw new PermanentFault("A file of the message is gone: it cannot be copied for a recipient.");
        }
        catch (RequestFailedException refused)
        {
            throw new TransientFault($"Storage answered {refused.Status} to the copy of a file.");
        }
    }

    /// <summary>Deletes the copies, and with them every address that was handed out. It may be run again.</summary>
    /// <exception cref="TransientFault">Storage is away.</exception>
    public async Task CloseAsync(LinkRow row, CancellationToken cancellation)
    {
        foreach (var file in row.Files)
        {
            await container
                .GetBlobClient(file.Blob)
                .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        }
    }
}
