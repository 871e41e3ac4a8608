using TlsOrLink.Health;

namespace TlsOrLink.Links;

/// <summary>A SAS can be signed, so that downloads work.</summary>
internal sealed class SigningHealth(DelegationKey key, TimeProvider clock) : IDependency
{
    public string Name => "download-signing";

    public string Remedy =>
        "Give the app's identity Storage Blob Delegator on the content account: without it no file can be downloaded.";

    public async Task<DependencyFinding> CheckAsync(CancellationToken cancellation)
    {
        await key.AtAsync(clock.GetUtcNow(), cancellation);
        return DependencyFinding.Fine("Download addresses can be signed.");
    }
}
