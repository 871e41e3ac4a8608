using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>The blob service as far as intake uses it, in memory: staged blocks count for nothing until they are committed.</summary>
internal sealed class MemoryBlobs : BlobServiceClient
{
    /// <summary>Committed blobs by name.</summary>
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of the blocks that were staged; their contents are kept only where <see cref="KeepBlocks"/>.</summary>
    public long StagedBytes { get; set; }

    /// <summary>Whether staged bytes are kept. Off for a test that weighs memory.</summary>
    public bool KeepBlocks { get; init; } = true;

    /// <summary>Blobs written so far.</summary>
    public int Commits { get; set; }

    /// <summary>Runs before a blob is opened; null for nothing.</summary>
    public Func<Task>? OnOpen { get; set; }

    private void Commit(string name, byte[] bytes)
    {
        Blobs[name] = bytes;
        Commits++;
    }

    public override BlobContainerClient GetBlobContainerClient(string blobContainerName) => new Container(this);

    private sealed class Container(MemoryBlobs blobs) : BlobContainerClient
    {
        public override BlobClient GetBlobClient(string blobName) => new Blob(blobs, blobName);

        public override AsyncPageable<BlobItem> GetBlobsAsync(
            GetBlobsOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            var found = blobs
                .Blobs.Keys.Where(name => name.StartsWith(options?.Prefix ?? "", StringComparison.Ordinal))
                .Select(name =>
                    BlobsModelFactory.BlobItem(name, properties: BlobsModelFactory.BlobItemProperties(false))
                );
            return AsyncPageable<BlobItem>.FromPages([Page<BlobItem>.FromValues([.. found], null, null!)]);
        }

        protected override BlockBlobClient GetBlockBlobClientCore(string blobName) => new Block(blobs, blobName);
    }

    private sealed class Blob(MemoryBlobs blobs, string name) : BlobClient
    {
        public override async Task<Stream> OpenReadAsync(
            BlobOpenReadOptions options,
            CancellationToken cancellationToken = default
        )
        {
            await (blobs.OnOpen?.Invoke() ?? Task.CompletedTask);
            return new MemoryStream(blobs.Blobs[name]);
        }

        public override Task<Response<bool>> DeleteIfExistsAsync(
            DeleteSnapshotsOption snapshotsOption = default,
            BlobRequestConditions? conditions = null,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(Response.FromValue(blobs.Blobs.Remove(name), null!));
    }

    private sealed class Block(MemoryBlobs blobs, string name) : BlockBlobClient
    {
        private readonly Dictionary<string, byte[]> staged = new(StringComparer.Ordinal);

        public override string Name => name;

        public override async Task<Response<BlockInfo>> StageBlockAsync(
            string base64BlockId,
            Stream content,
            BlockBlobStageBlockOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            blobs.StagedBytes += content.Length;
            staged[base64BlockId] = blobs.KeepBlocks ? await Read(content) : [];
            return null!;
        }

        public override Task<Response<BlobContentInfo>> CommitBlockListAsync(
            IEnumerable<string> base64BlockIds,
            CommitBlockListOptions options,
            CancellationToken cancellationToken = default
        )
        {
            blobs.Commit(name, [.. base64BlockIds.SelectMany(id => staged[id])]);
            return Task.FromResult<Response<BlobContentInfo>>(null!);
        }

        public override Task<Response<BlobContentInfo>> CommitBlockListAsync(
            IEnumerable<string> base64BlockIds,
            BlobHttpHeaders? httpHeaders = null,
            IDictionary<string, string>? metadata = null,
            BlobRequestConditions? conditions = null,
            AccessTier? accessTier = null,
            CancellationToken cancellationToken = default
        ) => CommitBlockListAsync(base64BlockIds, new CommitBlockListOptions(), cancellationToken);

        public override Task<Response<bool>> DeleteIfExistsAsync(
            DeleteSnapshotsOption snapshotsOption = default,
            BlobRequestConditions? conditions = null,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(Response.FromValue(blobs.Blobs.Remove(name), null!));

        public override async Task<Response<BlobContentInfo>> UploadAsync(
            Stream content,
            BlobUploadOptions options,
            CancellationToken cancellationToken = default
        )
        {
            blobs.Commit(name, await Read(content));
            return null!;
        }

        private static async Task<byte[]> Read(Stream content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            return copy.ToArray();
        }
    }
}
