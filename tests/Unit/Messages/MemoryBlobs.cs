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

    public override BlobContainerClient GetBlobContainerClient(string blobContainerName) => new Container(this);

    private sealed class Container(MemoryBlobs blobs) : BlobContainerClient
    {
        protected override BlockBlobClient GetBlockBlobClientCore(string blobName) => new Block(blobs, blobName);
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
            blobs.Blobs[name] = [.. base64BlockIds.SelectMany(id => staged[id])];
            return Task.FromResult<Response<BlobContentInfo>>(null!);
        }

        public override async Task<Response<BlobContentInfo>> UploadAsync(
            Stream content,
            BlobUploadOptions options,
            CancellationToken cancellationToken = default
        )
        {
            blobs.Blobs[name] = await Read(content);
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
