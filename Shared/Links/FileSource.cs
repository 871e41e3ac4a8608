using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Where the bytes of files come from.</summary>
internal sealed class FileSource(
    FileSas sas,
    FileGrants grants,
    BlobServiceClient blobs,
    AddressHash hash,
    IOptions<LinkOptions> options,
    TimeProvider time
)
{
    /// <summary>Larger ones would be cut by the platform's front end, which ends an answer after 230 s.</summary>
    public const long MaxBytesThroughUs = 200_000_000;

    /// <summary>One read of storage at a time: small enough to hold in memory, large enough to be quick.</summary>
    private const int ReadBytes = 1 << 20;

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <summary>A URL of some minutes. A secret: it goes into the <c>Location</c> header and nowhere else.</summary>
    /// <exception cref="TransientFault">The delegation key could not be had.</exception>
    public async Task<Uri> LocateAsync(LinkRow row, LinkFile file, CancellationToken cancellation) =>
        (row.IsSameHost || options.Value.Bytes == LinkBytes.SameHost) && file.Bytes <= MaxBytesThroughUs
            ? grants.Issue(row, file)
            : await sas.IssueAsync(file, row.ExpiresAt, cancellation);

    /// <summary>When what is asked for now ends, however slowly it is read: as what storage hands out does at the latest.</summary>
    public DateTimeOffset Until => time.GetUtcNow() + SasLife.Most;

    /// <summary>Strong validator (RFC 9110 section 8.8.3) of a file, with quotes: what stands under a blob's name never changes.</summary>
    public string ETagOf(LinkFile file) => $"\"{hash.For("etag", file.Blob)}\"";

    /// <summary>The bytes, read as they are asked for; seekable, so that a range costs no more than itself.</summary>
    /// <param name="file">The file.</param>
    /// <param name="until">From <see cref="Until"/>: then the bytes end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where the file is gone.</returns>
    /// <exception cref="TransientFault">Storage is away.</exception>
    public async Task<Stream?> OpenAsync(LinkFile file, DateTimeOffset until, CancellationToken cancellation)
    {
        try
        {
            var content = await container
                .GetBlobClient(file.Blob)
                .OpenReadAsync(
                    new BlobOpenReadOptions(allowModifications: false) { BufferSize = ReadBytes },
                    cancellation
                );
            return new TimedStream(content, until, time);
        }
        catch (Azure.RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }
}
