using Azure.Data.Tables;
using Azure.Storage.Blobs;
using TlsOrLink.Health;

namespace TlsOrLink.Storage;

/// <summary>The tables answer: one point read of a row that is not there.</summary>
internal sealed class StateStorageHealth(TableServiceClient tables) : IDependency
{
    public string Name => "state-storage";

    public string Remedy =>
        "Look whether Storage:StateTableUri is right, the private endpoint of the state account resolves inside the network, and the app's "
        + "identity has Storage Table Data Contributor on it.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        await tables
            .GetTableClient(TableNames.Messages)
            .GetEntityIfExistsAsync<TableEntity>("health", "health", select: ["PartitionKey"], cancellation);
        return DependencyFinding.Fine("Tables answer.");
    }
}

/// <summary>The containers are there.</summary>
internal sealed class ContentStorageHealth(BlobServiceClient blobs) : IDependency
{
    public string Name => "content-storage";

    public string Remedy =>
        "Look whether Storage:ContentBlobUri is right and the app's identity has Storage Blob Data Contributor and Storage Blob Delegator on "
        + "that account.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation) =>
        await blobs.GetBlobContainerClient(ContainerNames.Messages).ExistsAsync(cancellation)
            ? DependencyFinding.Fine("Blobs answer.")
            : new DependencyFinding(
                DependencyStatus.Failing,
                "The container of messages is not there.",
                "Restart the app: it makes its containers when it starts."
            );
}
