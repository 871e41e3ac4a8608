using System.Security.Cryptography;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// Tokens of links of which their holders will be reminded: derived from a random seed that the row keeps and the key that it does not, so that the very
/// same URL can be written again though no table holds it.
/// </summary>
internal sealed class LinkSeeds(AddressHash hash)
{
    private const string Purpose = "link-token";
    private const int SeedCharacters = 32;

    /// <summary>A token that nobody has seen, and its seed of 128 random bits.</summary>
    public (LinkToken Token, string Seed) New()
    {
        var seed = RandomNumberGenerator.GetHexString(SeedCharacters, lowercase: true);
        return (Derive(seed), seed);
    }

    /// <summary>The token of a link; null where it has no seed, or the key has changed since.</summary>
    public LinkToken? TokenOf(LinkRow row) =>
        row.Seed.Length > 0
        && Derive(row.Seed) is var token
        && string.Equals(token.LinkId, row.LinkId, StringComparison.Ordinal)
            ? token
            : null;

    private LinkToken Derive(string seed) => LinkToken.Of(hash.BytesFor(Purpose, seed));
}
