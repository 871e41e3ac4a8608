using Azure;
using Azure.Storage.Blobs;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Scanning;

/// <summary>
/// Microsoft Defender for Storage scans blobs as they are uploaded and writes what it found into an index tag. Until the tag is there the scanner has
/// not come to it.
/// </summary>
internal sealed class DefenderScanner(BlobServiceClient blobs) : IScanner
{
    /// <summary>The tag that Defender writes.</summary>
    public const string Tag = "Malware Scanning scan result";

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Messages);

    /// <inheritdoc/>
    public async Task<ScanFinding> ScanAsync(MessageRow message, CancellationToken cancellation)
    {
        try
        {
            var tags = await container
                .GetBlobClient(message.Blob)
                .GetTagsAsync(conditions: null, cancellationToken: cancellation);
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
