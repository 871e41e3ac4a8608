using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Storage;

namespace TlsOrLink.Subscriptions;

/// <summary>
/// Keeps texts that must be read again (an HMAC needs its secret) under AES-256-GCM, with a key derived from <c>Storage:HashKey</c>, which no
/// table holds. What one row keeps cannot be read out of another.
/// </summary>
internal sealed class SecretBox(AddressHash keys)
{
    private const string Purpose = "subscription-box";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Base64 of nonce, tag and ciphertext.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="place">Where it is kept: row and column.</param>
    public string Seal(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.BytesFor(Purpose, "key"), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(place));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <summary>The text; null where it was changed, moved here from elsewhere, or sealed with another key.</summary>
    public string? Open(string? sealedText, string place)
    {
        var bytes = new byte[sealedText?.Length ?? 0];
        if (!Convert.TryFromBase64String(sealedText ?? "", bytes, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var (nonce, tag, cipher) = Parts(bytes.AsSpan(0, length));
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(keys.BytesFor(Purpose, "key"), TagBytes);
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static Sealed Parts(Span<byte> bytes) =>
        new(bytes[..NonceBytes], bytes[NonceBytes..(NonceBytes + TagBytes)], bytes[(NonceBytes + TagBytes)..]);

    private readonly ref struct Sealed(Span<byte> nonce, Span<byte> tag, Span<byte> cipher)
    {
        private readonly Span<byte> nonce = nonce;
        private readonly Span<byte> tag = tag;
        private readonly Span<byte> cipher = cipher;

        public void Deconstruct(out Span<byte> first, out Span<byte> second, out Span<byte> third)
        {
            first = nonce;
            second = tag;
            third = cipher;
        }
    }
}
