using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>A mail that came in and is not a message yet.</summary>
/// <param name="Id">32 hex characters.</param>
/// <param name="Content">Where it is staged.</param>
internal sealed record Scratch(string Id, StagedContent Content);

/// <summary>
/// Blobs for what has to be read twice before anything is decided on it: a small one never leaves memory, a larger one is found by its due row
/// whatever happens.
/// </summary>
internal sealed class Scratches(BlobServiceClient blobs, DueTable due, TimeProvider clock)
{
    /// <summary>In place of a caller: no session of a caller has its ids.</summary>
    public const string Owner = "inbound";

    private const int ReadBytes = 1 << 20;

    /// <summary>No request lasts longer.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Uploads);

    /// <summary>A new one; nothing is written yet.</summary>
    public Scratch New()
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new Scratch(id, new StagedContent(container.GetBlockBlobClient(Keys.UploadBlob(Owner, id))));
    }

    /// <summary>What was staged, to read from its begin; seekable.</summary>
    public async Task<Stream> OpenAsync(Scratch scratch, CancellationToken cancellation)
    {
        if (scratch.Content.OpenHeld() is { } held)
        {
            return held;
        }

        await due.InsertAsync(new Due(DueKinds.Upload, clock.GetUtcNow() + Life, scratch.Id, Owner), cancellation);
        await scratch.Content.CommitAsync(cancellation);
        var options = new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBytes };
        return new ContentStream(
            await container.GetBlobClient(scratch.Content.Blob).OpenReadAsync(options, cancellation)
        );
    }

    /// <summary>Removes what was staged, and what <see cref="OpenAsync"/> wrote; costs nothing where nothing was.</summary>
    public static async Task DeleteAsync(Scratch scratch, CancellationToken cancellation)
    {
        await using var held = scratch.Content.OpenHeld();
        if (held is null)
        {
            await scratch.Content.DropBlocksAsync(cancellation);
            await scratch.Content.DeleteAsync(cancellation);
        }
    }
}
