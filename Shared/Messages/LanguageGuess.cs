using System.Buffers;
using System.Text;

namespace TlsOrLink.Messages;

/// <summary>The language in which a message speaks to its recipients. Pure.</summary>
internal static class LanguageGuess
{
    private const char FirstKana = '\u3041';

    private static readonly SearchValues<string> JapaneseCharsets = SearchValues.Create(
        ["iso-2022-jp", "shift_jis", "euc-jp", "windows-31j", "cp932"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Japanese where the text has kana, or Han characters and no Hangul; else English.</summary>
    public static MailLanguage Of(ReadOnlySpan<char> text) => Signs.In(text).Language;

    /// <summary>A first guess from the subject and the undecoded start of a message; better known once its text is decoded.</summary>
    public static MailLanguage OfRaw(string subject, ReadOnlySpan<byte> start)
    {
        var rented = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(start.Length));
        var text = rented.AsSpan(0, Encoding.UTF8.GetChars(start, rented));
        var language = text.ContainsAny(JapaneseCharsets)
            ? MailLanguage.Ja
            : (Signs.In(subject) | Signs.In(text)).Language;
        ArrayPool<char>.Shared.Return(rented);
        return language;
    }

    private readonly record struct Signs(bool Kana, bool Han, bool Hangul)
    {
        public MailLanguage Language => Kana || (Han && !Hangul) ? MailLanguage.Ja : MailLanguage.En;

        public static Signs operator |(Signs one, Signs other) =>
            new(one.Kana | other.Kana, one.Han | other.Han, one.Hangul | other.Hangul);

        public static Signs In(ReadOnlySpan<char> text)
        {
            var (kana, han, hangul) = (false, false, false);
            var first = text.IndexOfAnyExceptInRange('\0', (char)(FirstKana - 1));
            foreach (var c in first < 0 ? [] : text[first..])
            {
                kana |= c is (>= FirstKana and <= '\u30ff') or (>= '\uff66' and <= '\uff9d');
                han |= c is >= '\u4e00' and <= '\u9fff';
                hangul |= c is >= '\uac00' and <= '\ud7a3';
            }

            return new Signs(kana, han, hangul);
        }
    }
}
