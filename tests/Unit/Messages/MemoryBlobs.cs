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

    /// <summary>Pieces of blobs that were read so far.</summary>
    public int Reads { get; private set; }

    /// <summary>Ends the next piece after its first byte, as a connection that breaks does.</summary>
    public bool BreaksNext { get; set; }

    /// <summary>Writes a blob whole.</summary>
    public void Write(string name, byte[] bytes) => Commit(name, bytes);

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
        public override async Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
            BlobDownloadOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            await (blobs.OnOpen?.Invoke() ?? Task.CompletedTask);
            return DownloadStreaming(options, cancellationToken);
        }

        public override Response<BlobDownloadStreamingResult> DownloadStreaming(
            BlobDownloadOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            blobs.Reads++;
            // Each write is another version.
            var version = new ETag($"{blobs.Commits}");
            return (options!.Conditions?.IfMatch ?? version) == version
                ? Response.FromValue(Part(options.Range, version), null!)
                : throw new RequestFailedException(412, "ConditionNotMet");
        }

        private BlobDownloadStreamingResult Part(HttpRange range, ETag version)
        {
            var all = blobs.Blobs[name];
            var from = (int)range.Offset;
            var part =
                from < all.Length
                    ? all.AsSpan(from, (int)Math.Min(range.Length!.Value, all.Length - from)).ToArray()
                    : throw new RequestFailedException(416, "InvalidRange");
            var isBroken = blobs.BreaksNext;
            blobs.BreaksNext = false;
            return BlobsModelFactory.BlobDownloadStreamingResult(
                new MemoryStream(part, 0, isBroken ? 1 : part.Length),
                BlobsModelFactory.BlobDownloadDetails(
                    contentLength: part.Length,
                    contentRange: $"bytes {from}-{from + part.Length - 1}/{all.Length}",
                    eTag: version
                )
            );
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
