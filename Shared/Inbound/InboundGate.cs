using Microsoft.Extensions.Options;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Inbound;

/// <summary>
/// Lets requests of the Parse webhook in: signed, fresh and once. What was taken is kept in this process by what was signed, since a signature can be spelt in
/// several ways: (r, n - s) is as good as (r, s).
/// </summary>
internal sealed class InboundGate(IOptions<InboundOptions> options, TimeProvider clock)
{
    private readonly TakenRequests taken = new(clock, options.Value.Tolerance);

    /// <summary>What can be seen before the body is read.</summary>
    /// <returns>The signature, decoded; null where the request is refused.</returns>
    public byte[]? Look(string? timestamp, string? signature)
    {
        if (options.Value.Key is not { Length: > 0 } || string.IsNullOrEmpty(signature) || !taken.IsFresh(timestamp))
        {
            return null;
        }

        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>The whole request is the provider's, and was not taken yet.</summary>
    /// <param name="hash">SHA-256 of timestamp and body.</param>
    /// <param name="signature">Decoded.</param>
    public bool IsGenuine(byte[] hash, byte[] signature)
    {
        using var key = WebhookSignature.KeyOf(options.Value.Key!);
        return WebhookSignature.IsGood(key, hash, signature) && !taken.Has(NameOf(hash));
    }

    /// <summary>The request was taken: the very same is refused from now on.</summary>
    public void Remember(byte[] hash) => taken.Remember(NameOf(hash));

    private static string NameOf(byte[] hash) => Convert.ToHexStringLower(hash);
}
