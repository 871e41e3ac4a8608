using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TlsOrLink.Storage;

namespace TlsOrLink.Auditing;

/// <summary>The adapter of <see cref="ContainerNames.Audit"/>: what is written there is never written again, so that the container may be immutable.</summary>
internal sealed class DayBlobs(BlobServiceClient blobs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Audit);

    /// <summary>The head of a sealed day; null where the day is not sealed.</summary>
    public async Task<DayHead?> FindHeadAsync(string day, CancellationToken cancellation)
    {
        try
        {
            var found = await container.GetBlobClient(HeadOf(day)).DownloadContentAsync(cancellation);
            return JsonSerializer.Deserialize<DayHead>(found.Value.Content.ToMemory().Span, Json);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The chains of a sealed day.</summary>
    public async IAsyncEnumerable<DayLeaf> LeavesAsync(
        string day,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var stream = await container
            .GetBlobClient(LeavesOf(day))
            .OpenReadAsync(cancellationToken: cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (JsonSerializer.Deserialize<DayLeaf>(line, Json) is { } leaf)
            {
                yield return leaf;
            }
        }
    }

    /// <summary>Writes a day, its head last; a head that is there already stays. The leaves of a run that died are written anew.</summary>
    public async Task SealAsync(DayHead head, IEnumerable<DayLeaf> leaves, CancellationToken cancellation)
    {
        var lines = string.Concat(leaves.Select(leaf => JsonSerializer.Serialize(leaf, Json) + "\n"));
        await container
            .GetBlobClient(LeavesOf(head.Day))
            .UploadAsync(BinaryData.FromString(lines), overwrite: true, cancellation);
        try
        {
            await container
                .GetBlobClient(HeadOf(head.Day))
                .UploadAsync(
                    BinaryData.FromObjectAsJson(head, Json),
                    new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } },
                    cancellation
                );
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Another instance sealed the day.
        }
    }

    private static string HeadOf(string day) => $"{day}/head.json";

    private static string LeavesOf(string day) => $"{day}/chains.jsonl";
}
