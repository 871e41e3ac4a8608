using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Links;

/// <summary>
/// What a recipient holds: the token itself is the authority to fetch the files. It stands in the mail and in the URL only; storage
/// knows its hash, and <see cref="ToString"/> shows nothing, so that a log line cannot leak it.
/// </summary>
internal sealed record LinkToken
{
    /// <summary>192 random bits: 24 bytes are 32 characters of base64url without padding, so that every text has one reading.</summary>
    private const int RandomBytes = 24;

    private const int Characters = 32;

    private LinkToken(string text, ReadOnlySpan<byte> bytes) =>
        (Text, LinkId) = (text, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The secret, base64url (RFC 4648 section 5). For the URL in the notice alone.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the token's bytes, lower-case hex: the link's public id and its PartitionKey.</summary>
    public string LinkId { get; }

    /// <summary>A token that nobody has seen.</summary>
    public static LinkToken New()
    {
        var bytes = RandomNumberGenerator.GetBytes(RandomBytes);
        return new LinkToken(Base64Url.EncodeToString(bytes), bytes);
    }

    /// <summary>A token that is derived, of the first octets of a keyed hash.</summary>
    /// <param name="keyedHash">At least 24 octets.</param>
    public static LinkToken Of(ReadOnlySpan<byte> keyedHash)
    {
        var bytes = keyedHash[..RandomBytes];
        return new LinkToken(Base64Url.EncodeToString(bytes), bytes);
    }

    /// <summary>Parses a token from a URL without touching storage.</summary>
    /// <returns>False for anything that <see cref="New"/> cannot have made.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LinkToken? token)
    {
        token = null;
        if (text is not { Length: Characters } || !text.All(IsBase64Url))
        {
            return false;
        }

        token = new LinkToken(text, Base64Url.DecodeFromChars(text));
        return true;
    }

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => nameof(LinkToken);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(LinkToken));
        return true;
    }

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
