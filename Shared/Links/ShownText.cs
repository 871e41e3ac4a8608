using System.Globalization;
using System.Text;

namespace TlsOrLink.Links;

/// <summary>
/// Makes hostile text harmless to the eye: names of files, senders and companies come from outside. Escaping for HTML is a
/// separate step, done where HTML is written.
/// </summary>
internal static class ShownText
{
    /// <summary>Marks on one character: scripts need three at most, more are there to smear over the page.</summary>
    private const int MaxMarks = 3;

    /// <summary>
    /// One line: control and format characters gone (bidirectional overrides make <c>xslx.exe</c> of <c>exe.xlsx</c>, Unicode TR 36
    /// section 2.7), runs of white space one space, at most <paramref name="maxCharacters"/> user-perceived characters.
    /// </summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxCharacters">From there on an ellipsis; the end of the text (a file's extension) is kept.</param>
    public static string OneLine(string text, int maxCharacters = 255)
    {
        var builder = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune) || rune.Value is '\r' or '\n' or '\t')
            {
                AppendSpace(builder);
            }
            else if (IsVisible(rune) && marks <= MaxMarks)
            {
                builder.Append(rune);
            }
        }

        return Shorten(builder.ToString().Trim(), maxCharacters);
    }

    private static void AppendSpace(StringBuilder builder)
    {
        if (builder.Length > 0 && builder[^1] != ' ')
        {
            builder.Append(' ');
        }
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            )
        && rune != Rune.ReplacementChar;

    private static string Shorten(string text, int maxCharacters)
    {
        const int Tail = 12;
        var starts = StringInfo.ParseCombiningCharacters(text);
        return starts.Length <= maxCharacters
            ? text
            : string.Concat(text.AsSpan(0, starts[maxCharacters - Tail - 1]), "…", text.AsSpan(starts[^Tail]));
    }
}
