using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Storage;

/// <summary>
/// Hashes of what people choose and could be guessed: PBKDF2 with HMAC-SHA-512 (RFC 8018), salted, slow on purpose (about a tenth of a second).
/// The text names its own parameters, so that they can be raised without losing what is stored.
/// </summary>
internal static class SlowHash
{
    private const string Scheme = "pbkdf2-sha512";
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>A hash with a salt of its own: two of one secret differ.</summary>
    public static string Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(secret, salt, Iterations);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}"
        );
    }

    /// <summary>The secret is the one that was hashed; compared in a time that does not depend on where they differ.</summary>
    /// <exception cref="FormatException">The text is not from <see cref="Of"/>.</exception>
    public static bool Matches(string secret, string stored)
    {
        if (stored.Split('$') is not [Scheme, var iterations, var salt, var hash])
        {
            throw new FormatException("Not a hash of ours.");
        }

        var expected = Convert.FromBase64String(hash);
        var given = Derive(secret, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private static byte[] Derive(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(secret),
            salt,
            iterations,
            HashAlgorithmName.SHA512,
            HashBytes
        );
}
