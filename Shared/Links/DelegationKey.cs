using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>The user delegation key that signs a SAS, in memory only, and renewed long before a SAS could outlive it.</summary>
internal sealed class DelegationKey(BlobServiceClient blobs, TimeProvider time) : IDisposable
{
    /// <summary>Whoever steals the key from memory has it for hours, not for the seven days that storage allows.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(4);

    /// <summary>Storage's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>What storage allows, less the skew of its clock.</summary>
    private static readonly TimeSpan Longest = LinkModeRules.MaxSasLife - (2 * ClockSkew);

    private readonly SemaphoreSlim gate = new(1);
    private UserDelegationKey? current;
    private UserDelegationKey? lasting;

    /// <summary>A key that outlives every SAS issued at <paramref name="now"/>. One storage call in about three hours.</summary>
    /// <exception cref="TransientFault">Storage could not be reached.</exception>
    public async Task<UserDelegationKey> AtAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (current is { } cached && OutlivesSas(cached, now))
        {
            return cached;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            return current is { } renewed && OutlivesSas(renewed, now)
                ? renewed
                : current = await RequestAsync(Life, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A key for an address in a mail: it lives until <paramref name="end"/>, at most <see cref="FileSas.MaxLife"/> from now.</summary>
    /// <exception cref="TransientFault">Storage could not be reached.</exception>
    public async Task<UserDelegationKey> UntilAsync(DateTimeOffset end, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return lasting is { } cached && cached.SignedExpiresOn >= end
                ? cached
                : lasting = await RequestAsync(Longest, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => gate.Dispose();

    private async Task<UserDelegationKey> RequestAsync(TimeSpan life, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var options = new BlobGetUserDelegationKeyOptions(now + life) { StartsOn = now - ClockSkew };
        return await blobs.GetUserDelegationKeyAsync(options, cancellation);
    }

    private static bool OutlivesSas(UserDelegationKey key, DateTimeOffset now) =>
        key.SignedExpiresOn >= now + SasLife.Most + ClockSkew;
}
