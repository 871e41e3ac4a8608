using System.Text;

namespace TlsOrLink.Messages;

/// <summary>The language in which a message speaks to its recipients. Pure.</summary>
internal static class LanguageGuess
{
    private static readonly string[] JapaneseCharsets = ["iso-2022-jp", "shift_jis", "euc-jp", "windows-31j", "cp932"];

    /// <summary>Japanese where the text has kana, or Han characters and no Hangul; else English.</summary>
    public static MailLanguage Of(string text)
    {
        var (kana, han, hangul) = (false, false, false);
        foreach (var c in text)
        {
            kana |= c is (>= '\u3041' and <= '\u30ff') or (>= '\uff66' and <= '\uff9d');
            han |= c is >= '\u4e00' and <= '\u9fff';
            hangul |= c is >= '\uac00' and <= '\ud7a3';
        }

        return kana || (han && !hangul) ? MailLanguage.Ja : MailLanguage.En;
    }

    /// <summary>A first guess from the subject and the undecoded start of a message; better known once its text is decoded.</summary>
    public static MailLanguage OfRaw(string subject, ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start);
        return Array.Exists(JapaneseCharsets, name => text.Contains(name, StringComparison.OrdinalIgnoreCase))
            ? MailLanguage.Ja
            : Of(subject + text);
    }
}
