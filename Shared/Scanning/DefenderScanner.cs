using Azure;
using Azure.Storage.Blobs;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Scanning;

/// <summary>
/// Microsoft Defender for Storage scans blobs as they are uploaded and writes what it found into an index tag. Until the tag is there the scanner has
/// not come to it.
/// </summary>
internal sealed class DefenderScanner(BlobServiceClient blobs, MessageBlobs messages) : IScanner
{
    /// <summary>The tag that Defender writes.</summary>
    public const string Tag = "Malware Scanning scan result";

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Messages);
    private readonly BlobContainerClient files = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <inheritdoc/>
    public async Task<ScanFinding> ScanAsync(MessageRow message, CancellationToken cancellation)
    {
        var worst = await ScanAsync(container.GetBlobClient(message.Blob), cancellation);
        foreach (var upload in await messages.UploadsOfAsync(message, cancellation))
        {
            var finding = await ScanAsync(files.GetBlobClient(upload.Blob), cancellation);
            worst = Worse(worst, finding);
        }

        return worst;
    }

    /// <summary>Of two findings that which lets less through; pure.</summary>
    public static ScanFinding Worse(ScanFinding one, ScanFinding other) =>
        Array.IndexOf(FromWorst, one) <= Array.IndexOf(FromWorst, other) ? one : other;

    private static readonly ScanFinding[] FromWorst =
    [
        ScanFinding.Infected,
        ScanFinding.Unscannable,
        ScanFinding.Down,
        ScanFinding.Clean,
    ];

    private static async Task<ScanFinding> ScanAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var tags = await blob.GetTagsAsync(conditions: null, cancellationToken: cancellation);
            return FindingOf(tags.Value.Tags.TryGetValue(Tag, out var result) ? result : null);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return ScanFinding.Down;
        }
    }

    /// <summary>The finding of a tag; pure.</summary>
    public static ScanFinding FindingOf(string? result) =>
        result switch
        {
            null => ScanFinding.Down,
            "No threats found" => ScanFinding.Clean,
            "Malicious" => ScanFinding.Infected,
            _ => ScanFinding.Unscannable, // "Error", "Not Scanned" and what is added later
        };
}
