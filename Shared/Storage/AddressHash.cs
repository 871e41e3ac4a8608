using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;

namespace TlsOrLink.Storage;

/// <summary>Keyed hashes: what stands in keys in place of an address, and ids that only the holder of the key can compute.</summary>
internal sealed class AddressHash(IOptions<StorageOptions> options)
{
    private const int HexLength = 32;
    private readonly byte[] key = Convert.FromBase64String(options.Value.HashKey);

    /// <summary>32 lower-case hex characters, the same for every case of the address.</summary>
    public string Of(MailAddress address) => Of(address.ToString());

    /// <summary>The same for an address that was parsed before.</summary>
    public string Of(string address) => Hex(key, address.ToLowerInvariant());

    /// <summary>32 lower-case hex characters of <paramref name="parts"/> under a key derived for <paramref name="purpose"/>.</summary>
    public string For(string purpose, params ReadOnlySpan<string> parts) =>
        Hex(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose)),
            // A length before each part: ("ab", "c") and ("a", "bc") differ.
            string.Concat(parts.ToArray().Select(part => $"{part.Length}:{part}"))
        );

    /// <summary>32 octets of <paramref name="text"/> under a key derived for <paramref name="purpose"/>.</summary>
    public byte[] BytesFor(string purpose, string text) =>
        HMACSHA256.HashData(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(text));

    /// <summary>Compares secrets in a time that does not depend on where they differ.</summary>
    public bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(expected)),
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(given))
        );

    private static string Hex(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))[..HexLength];
}
