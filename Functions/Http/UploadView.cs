using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Functions.Http;

/// <summary>An open upload session.</summary>
/// <param name="Id">What a message's attachment names as <c>uploadId</c>.</param>
/// <param name="UploadUrl">A secret. Put Blob for one request, or Put Block and Put Block List for more, all of Azure Blob storage's REST API.</param>
/// <param name="Method">Of every request to it.</param>
/// <param name="Headers">Needed by Put Blob.</param>
/// <param name="MaxBytes">Larger files are refused when a message refers to them.</param>
/// <param name="MaxBlockBytes">Of one Put Block.</param>
/// <param name="ExpiresAt">Until then the URL works and a message may refer to the file.</param>
internal sealed record UploadView(
    string Id,
    string UploadUrl,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    long MaxBytes,
    long MaxBlockBytes,
    DateTimeOffset ExpiresAt
)
{
    private const long BlockBytes = 100L << 20;

    public static UploadView Of(UploadRow row, Uri url, long maxBytes) =>
        new(
            row.Id,
            url.AbsoluteUri,
            HttpMethod.Put.Method,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["x-ms-blob-type"] = "BlockBlob" },
            maxBytes,
            Math.Min(BlockBytes, maxBytes),
            row.ExpiresAt
        );
}
