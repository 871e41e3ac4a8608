using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Inbound;

/// <summary>Lets requests of the Parse webhook in: signed, fresh and once. Names of requests that were taken are kept in this process.</summary>
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
        return Convert.TryFromBase64String(signature, bytes, out var length) && !taken.Has(NameOf(bytes[..length]))
            ? bytes[..length]
            : null;
    }

    /// <summary>The whole request is the provider's.</summary>
    public bool IsGenuine(SignedBody body, byte[] signature)
    {
        using var key = WebhookSignature.KeyOf(options.Value.Key!);
        return body.IsSigned(key, signature);
    }

    /// <summary>The request was taken: the very same is refused from now on.</summary>
    public void Remember(byte[] signature) => taken.Remember(NameOf(signature));

    private static string NameOf(byte[] signature) => Convert.ToHexStringLower(SHA256.HashData(signature));
}
