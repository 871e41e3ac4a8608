using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Holding;

/// <summary>The salted, slow hash of a PIN (PBKDF2 with HMAC-SHA-256, RFC 8018 section 5.2): <c>pbkdf2-sha256$iterations$salt$hash</c>.</summary>
internal sealed record PinHash
{
    /// <summary>Fewer could be tried too fast by whoever got hold of the configuration.</summary>
    public const int MinIterations = 100_000;

    private const int MaxIterations = 10_000_000;
    private const int MinSalt = 8;
    private const string Scheme = "pbkdf2-sha256";
    private readonly int iterations;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private PinHash(int iterations, byte[] salt, byte[] hash) =>
        (this.iterations, this.salt, this.hash) = (iterations, salt, hash);

    /// <summary>Parses a hash as configured; null for anything else.</summary>
    public static PinHash? Parse(string text) =>
        text.Split('$') is [Scheme, var count, var saltText, var hashText]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
        && iterations is >= MinIterations and <= MaxIterations
        && Bytes(saltText) is { Length: >= MinSalt } saltBytes
        && Bytes(hashText) is { Length: SHA256.HashSizeInBytes } hashBytes
            ? new PinHash(iterations, saltBytes, hashBytes)
            : null;

    /// <summary>The hash of <paramref name="pin"/> with a new salt, as it is configured.</summary>
    public static string Make(string pin, int iterations)
    {
        var newSalt = RandomNumberGenerator.GetBytes(16);
        var newHash = Derive(pin, newSalt, iterations);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}${iterations}${Convert.ToBase64String(newSalt)}${Convert.ToBase64String(newHash)}"
        );
    }

    /// <summary>It is the PIN. Takes a moment of processor time, on purpose.</summary>
    public bool Matches(string pin) => CryptographicOperations.FixedTimeEquals(Derive(pin, salt, iterations), hash);

    /// <summary>Says nothing of the hash.</summary>
    public override string ToString() => Scheme;

    private static byte[] Derive(string pin, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(pin),
            salt,
            iterations,
            HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes
        );

    private static byte[]? Bytes(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }
}
