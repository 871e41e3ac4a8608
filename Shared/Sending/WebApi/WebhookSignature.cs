using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Sending.WebApi;

/// <summary>The signature of the event webhook: ECDSA P-256 with SHA-256, DER, over timestamp and raw body. Pure.</summary>
internal static class WebhookSignature
{
    /// <summary>Header of the signature, base64.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    /// <summary>Header of the timestamp, seconds since 1970.</summary>
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>The public key.</summary>
    /// <param name="base64">SubjectPublicKeyInfo in base64, without PEM lines.</param>
    /// <exception cref="FormatException">Not base64.</exception>
    /// <exception cref="CryptographicException">Not a key on P-256.</exception>
    public static ECDsa KeyOf(string base64)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
        return key.KeySize == 256 ? key : throw new CryptographicException("Not on P-256.");
    }

    /// <summary>The text is such a key.</summary>
    public static bool IsKey(string base64)
    {
        try
        {
            using var parsed = KeyOf(base64);
            return true;
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The signature is the key's, over this very timestamp and body.</summary>
    public static bool IsGood(ECDsa key, string timestamp, ReadOnlySpan<byte> body, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && IsGood(key, HashOf(timestamp, body), bytes.AsSpan(0, length));
    }

    /// <summary>The signature is the key's, over what has this hash.</summary>
    public static bool IsGood(ECDsa key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // no DER sequence of two numbers
        }
    }

    /// <summary>SHA-256 of what is signed. A request's name too: the signature is none, since (r, n - s) is as good as (r, s).</summary>
    public static byte[] HashOf(string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
