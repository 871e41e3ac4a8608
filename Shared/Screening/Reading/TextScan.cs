using System.Text;
using TlsOrLink.Screening.Numbers;

namespace TlsOrLink.Screening.Reading;

/// <summary>Looks for words and numbers in one text while it is read, some 32 K characters at a time.</summary>
internal sealed class TextScan(Wanted wanted, Place place, ContentFacts facts, ReadingBounds bounds)
{
    private const int Window = 1 << 15;
    private const int Around = 512;
    private const int MaxHeader = 2000;
    private readonly StringBuilder pending = new();
    private readonly NumberScan numbers = new();
    private string kept = "";
    private int judged;
    private string? header;

    /// <summary>Adds text.</summary>
    /// <exception cref="BoundsReached">The message has more text than is read.</exception>
    public void Append(ReadOnlySpan<char> text)
    {
        bounds.TakeText(text.Length);
        while (text.Length > 0)
        {
            var take = Math.Min(text.Length, Window - pending.Length);
            pending.Append(text[..take]);
            text = text[take..];
            if (pending.Length == Window)
            {
                Judge(last: false);
            }
        }
    }

    /// <summary>Adds one character.</summary>
    public void Append(char c) => Append([c]);

    /// <summary>Judges the rest and tells what was found.</summary>
    public void End()
    {
        Judge(last: true);
        foreach (var (kind, digits) in numbers.Found())
        {
            facts.Add(kind, digits, place);
        }
    }

    private void Judge(bool last)
    {
        var cut = last ? pending.Length : Cut();
        var text = kept + Folding.Fold(pending.ToString(0, cut));
        pending.Remove(0, cut);
        header ??= HeaderOf(text);
        var until = last ? text.Length : Math.Max(judged, text.Length - Around);
        foreach (var word in wanted.Words.Where(word => !facts.Has(word, place.Section)))
        {
            if (IsIn(text, judged, until, word))
            {
                facts.Add(word, place);
            }
        }

        var behind = wanted.Numbers ? Math.Min(text.Length, numbers.Judge(text, judged, until, header)) : until;
        var from = Math.Max(0, behind - Around);
        (kept, judged) = (text[from..], behind - from);
    }

    /// <summary>Behind the last blank where there is one, so that no character is parted from its marks.</summary>
    private int Cut()
    {
        for (var at = pending.Length - 1; at > pending.Length - Around; at--)
        {
            if (pending[at] is ' ' or '\n' or '\t' or ',')
            {
                return at + 1;
            }
        }

        return char.IsHighSurrogate(pending[^1]) ? pending.Length - 1 : pending.Length;
    }

    private static string HeaderOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end is > 0 and < MaxHeader ? text[..end] : "";
    }

    private static bool IsIn(string text, int from, int until, Word word)
    {
        for (var at = from; at < until; at++)
        {
            at = text.IndexOf(word.Text, at, StringComparison.Ordinal);
            if (at < 0 || at >= until)
            {
                return false;
            }

            if (!word.Whole || (!IsLetter(text, at - 1) && !IsLetter(text, at + word.Text.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
