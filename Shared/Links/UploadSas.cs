using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// Issues the URL of an upload session: one blob, create and write, so that nobody reads, lists or deletes by it. Signed as <see cref="FileSas"/> signs.
/// </summary>
internal sealed class UploadSas(
    BlobServiceClient blobs,
    DelegationKey delegation,
    IHostEnvironment environment,
    TimeProvider time
)
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Uploads);

    /// <summary>The URL, good until the session ends. It is a secret: it goes to its caller and nowhere else.</summary>
    /// <exception cref="TransientFault">The delegation key could not be had.</exception>
    /// <exception cref="PermanentFault">The connection holds an account key outside Development.</exception>
    public async Task<Uri> IssueAsync(UploadRow row, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(row.Blob);
        var sas = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, row.ExpiresAt)
        {
            BlobContainerName = container.Name,
            BlobName = row.Blob,
            Resource = "b",
            Protocol = environment.IsDevelopment() ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
        };
        if (!blob.CanGenerateSasUri)
        {
            return blob.GenerateUserDelegationSasUri(sas, await delegation.AtAsync(time.GetUtcNow(), cancellation));
        }

        return environment.IsDevelopment()
            ? blob.GenerateSasUri(sas)
            : throw new PermanentFault(
                "Storage:ContentConnection is for Development: set Storage:ContentBlobUri and an identity."
            );
    }
}
