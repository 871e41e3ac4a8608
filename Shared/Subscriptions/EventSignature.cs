using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Subscriptions;

/// <summary>
/// Signs notifications as Standard Webhooks 1.0 has it: HMAC-SHA-256 over <c>{id}.{timestamp}.{body}</c>, so that its libraries
/// verify them. Pure.
/// </summary>
internal static class EventSignature
{
    /// <summary>Header with the id of the event.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header with the seconds since 1970 at which this try was made.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Header with <c>v1,</c> and the signature in base64; of several secrets there are several, separated by spaces.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What begins a secret whose rest is base64 of the key.</summary>
    public const string Prefix = "whsec_";

    private const int NewSecretBytes = 32;
    private const int MinSecret = 16;
    private const int MaxSecret = 256;

    /// <summary>A secret that nobody has seen.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewSecretBytes));

    /// <summary>The value of <see cref="SignatureHeader"/>: whoever knows one of the secrets finds its signature there.</summary>
    public static string Of(IEnumerable<string> secrets, string id, DateTimeOffset at, byte[] body) =>
        string.Join(' ', secrets.Select(secret => Of(secret, id, at, body)));

    /// <summary>The signature by one secret.</summary>
    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.");
        byte[] content = [.. Encoding.UTF8.GetBytes(head), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), content))}";
    }

    /// <summary>What is wrong with a secret of a caller's own; null for nothing.</summary>
    public static string? FaultOf(string secret) =>
        secret.Length is < MinSecret or > MaxSecret || secret.Any(c => c is <= ' ' or > '~') || !IsKey(secret)
            ? $"Must have {MinSecret} to {MaxSecret} visible ASCII characters, and base64 behind whsec_ where it begins so, such as whsec_$(openssl rand -base64 32); left out, one is made."
            : null;

    /// <summary>A secret that begins with <see cref="Prefix"/> goes on with base64.</summary>
    public static bool IsKey(string secret) =>
        !secret.StartsWith(Prefix, StringComparison.Ordinal) || Decoded(secret) is not null;

    /// <summary>Base64 behind the prefix; any other secret is its own UTF-8.</summary>
    private static byte[] KeyOf(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) && Decoded(secret) is { } key
            ? key
            : Encoding.UTF8.GetBytes(secret);

    private static byte[]? Decoded(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length > 0
            ? bytes[..length]
            : null;
    }
}
