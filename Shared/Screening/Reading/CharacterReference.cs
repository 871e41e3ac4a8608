using System.Globalization;
using System.Text;

namespace TlsOrLink.Screening.Reading;

/// <summary>References of XML: the five names and numbers. Entities of a document's own are never looked up. Pure.</summary>
internal static class CharacterReference
{
    /// <summary>The text of a reference by its name without <c>&amp;</c> and <c>;</c>; a blank for one that is not known.</summary>
    public static ReadOnlySpan<char> Read(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "amp":
                return "&";
            case "lt":
                return "<";
            case "gt":
                return ">";
            case "quot":
                return "\"";
            case "apos":
                return "'";
        }

        var hex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return
            name.StartsWith('#')
            && uint.TryParse(name[(hex ? 2 : 1)..], style, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : " ";
    }
}
