using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// Issues the short-lived URL that one file's bytes come from: read only, one blob. Signed by user delegation, so that no account
/// key exists; only in Development, where the content account is a connection string, by that key.
/// </summary>
internal sealed class FileSas(
    BlobServiceClient blobs,
    DelegationKey delegation,
    IHostEnvironment environment,
    TimeProvider time
)
{
    /// <summary>Longest life of an address that a mail names: storage ends a delegation key after 7 days, by its own clock.</summary>
    public static readonly TimeSpan MaxLife = LinkModeRules.MaxSasLife - TimeSpan.FromMinutes(15);

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <summary>Scheme, host and port of the URLs: the one foreign origin that a page's <c>form-action</c> must name.</summary>
    public string Origin => blobs.Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>A URL for <paramref name="file"/>. It is a secret: it goes into the <c>Location</c> header and nowhere else.</summary>
    /// <param name="file">The file.</param>
    /// <param name="linkExpiresAt">The URL never outlives it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">The delegation key could not be had.</exception>
    /// <exception cref="PermanentFault">The connection holds an account key outside Development.</exception>
    public async Task<Uri> IssueAsync(LinkFile file, DateTimeOffset linkExpiresAt, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await SignAsync(
            file,
            SasLife.EndOf(file.Bytes, now, linkExpiresAt),
            () => delegation.AtAsync(now, cancellation)
        );
    }

    /// <summary>A URL for a mail: it lives as long as its link.</summary>
    /// <param name="file">A copy that can be deleted.</param>
    /// <param name="end">At most <see cref="MaxLife"/> from now.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">The delegation key could not be had.</exception>
    /// <exception cref="PermanentFault">The connection holds an account key outside Development.</exception>
    public Task<Uri> IssueUntilAsync(LinkFile file, DateTimeOffset end, CancellationToken cancellation) =>
        SignAsync(file, end, () => delegation.UntilAsync(end, cancellation));

    private async Task<Uri> SignAsync(LinkFile file, DateTimeOffset end, Func<Task<UserDelegationKey>> findKey)
    {
        var blob = container.GetBlobClient(file.Blob);
        var sas = new BlobSasBuilder(BlobSasPermissions.Read, end)
        {
            BlobContainerName = container.Name,
            BlobName = file.Blob,
            Resource = "b",
            Protocol = environment.IsDevelopment() ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
            ContentDisposition = ContentHeaders.Disposition(file.Name),
            ContentType = ContentHeaders.SafeType(file.ContentType),
            CacheControl = "no-store",
        };
        if (!blob.CanGenerateSasUri)
        {
            return blob.GenerateUserDelegationSasUri(sas, await findKey());
        }

        return environment.IsDevelopment()
            ? blob.GenerateSasUri(sas)
            : throw new PermanentFault(
                "Storage:ContentConnection is for Development: set Storage:ContentBlobUri and an identity."
            );
    }
}
