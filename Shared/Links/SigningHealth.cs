using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Health;

namespace TlsOrLink.Links;

/// <summary>A SAS can be signed, so that downloads work: as <see cref="FileSas"/> signs it.</summary>
internal sealed class SigningHealth(
    BlobServiceClient blobs,
    DelegationKey key,
    IHostEnvironment environment,
    TimeProvider clock
) : IDependency
{
    public string Name => "download-signing";

    public string Remedy =>
        "Give the app's identity Storage Blob Delegator on the content account: without it no file can be downloaded.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        if (blobs.CanGenerateAccountSasUri)
        {
            return environment.IsDevelopment()
                ? DependencyFinding.Fine("Download addresses are signed with the account's key: for Development only.")
                : new DependencyFinding(
                    DependencyStatus.Failing,
                    "The content account is reached by a connection string.",
                    "Set Storage:ContentBlobUri and an identity in place of Storage:ContentConnection."
                );
        }

        await key.AtAsync(clock.GetUtcNow(), cancellation);
        return DependencyFinding.Fine("Download addresses can be signed.");
    }
}
