using System.Text;

namespace TlsOrLink.Messages;

/// <summary>What a recipient types before the files of a link are handed out.</summary>
internal enum AccessCodeKind
{
    /// <summary>Nothing: the link is enough.</summary>
    None,

    /// <summary>A code that the sender chose and tells the recipient.</summary>
    Given,

    /// <summary>A code that the service made and shows to the sender alone.</summary>
    Generated,

    /// <summary>The passphrase agreed once with the partner (取引先合言葉).</summary>
    Passphrase,

    /// <summary>A one-time code by mail, only where that mail is protected.</summary>
    Mail,
}

/// <summary>What the sender asks for.</summary>
/// <param name="Kind">Where the code comes from.</param>
/// <param name="Hash">Slow hash of a given code; null for the other kinds.</param>
internal sealed record AccessCodeWish(AccessCodeKind Kind, string? Hash = null)
{
    /// <summary>The kind alone: part of the comparison of two requests under one Idempotency-Key, and of logs.</summary>
    public override string ToString() => $"{Kind}";
}

/// <summary>Access codes as people type them; pure.</summary>
internal static class AccessCodeText
{
    /// <summary>Fewest characters of a code that people choose.</summary>
    public const int MinCharacters = 6;

    /// <summary>Most characters.</summary>
    public const int MaxCharacters = 64;

    /// <summary>
    /// What is compared: compatibility forms folded (NFKC, full-width letters of Japanese keyboards), upper case, without white space and
    /// hyphens. Empty for what cannot be a code: too short, too long, or with control characters.
    /// </summary>
    public static string Normalize(string? typed)
    {
        if (typed is not { Length: > 0 and <= 4 * MaxCharacters } || !IsWellFormed(typed))
        {
            return "";
        }

        var folded = typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        var code = string.Concat(folded.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '‐' or '–' or '―')));
        return code.Length is >= MinCharacters and <= MaxCharacters && !code.Any(char.IsControl) ? code : "";
    }

    /// <summary>Half a surrogate pair cannot be normalized.</summary>
    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
