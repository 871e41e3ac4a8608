using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>Makes texts comparable: full-width and half-width forms are one (Unicode NFKC), as are capitals and small letters. Pure.</summary>
internal static class Folding
{
    /// <summary>The folded text; half surrogate pairs become U+FFFD.</summary>
    public static string Fold(string text) =>
        (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Whole(text) : text)
            .Normalize(NormalizationForm.FormKC)
            .ToLowerInvariant();

    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
