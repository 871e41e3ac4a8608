using System.Globalization;

namespace TlsOrLink.Screening.Numbers;

/// <summary>
/// Looks for numbers in one text. A My Number has a check digit that every tenth number of 12 digits has by chance, so what stands
/// beside it decides: labelled as one it counts; labelled as something else it does not; without a label it counts where the text
/// speaks of My Numbers, or where at least half of its unlabelled numbers of that shape have the check digit (a list of order numbers
/// has it in a tenth). docs/message-rules.md says so to people.
/// </summary>
internal sealed class NumberScan
{
    private const int MaxKept = 10_000;
    private readonly HashSet<(NumberKind, string)> found = [];
    private readonly HashSet<string> unlabelled = new(StringComparer.Ordinal);
    private int wrong;
    private bool speaksOfMyNumbers;

    /// <summary>Judges the numbers that begin in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <param name="text">Folded, with what stands around that range.</param>
    /// <param name="header">See <see cref="Labels.Find"/>.</param>
    /// <returns>Index behind the last number that was judged, or <paramref name="to"/>.</returns>
    public int Judge(string text, int from, int to, string header)
    {
        speaksOfMyNumbers |= Labels.SpeaksOfMyNumbers(text);
        var at = from;
        while (at < to)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                var next = text.AsSpan(at, to - at).IndexOfAnyInRange('0', '9');
                at = next < 0 ? to : at + next;
                continue;
            }

            var run = DigitRun.At(text, at, out var end);
            if (run is not null && run.Digits.Length >= 12)
            {
                foreach (var reading in run.Readings().Where(reading => StandsAlone(text, reading)))
                {
                    Judge(text, reading, header);
                }
            }

            at = end;
        }

        return Math.Max(at, to);
    }

    /// <summary>What counts, each value once.</summary>
    public IReadOnlyCollection<(NumberKind Kind, string Digits)> Found()
    {
        if (speaksOfMyNumbers || unlabelled.Count >= wrong)
        {
            found.UnionWith(unlabelled.Select(digits => (NumberKind.MyNumber, digits)));
        }

        return found;
    }

    private void Judge(string text, DigitRun run, string header)
    {
        var label = new Lazy<Label>(() => Labels.Find(text, run.Start, run.End, header));
        if (run.Is(12) || run.Is(4, 4, 4) || (IsBoxes(run) && label.Value == Label.MyNumber))
        {
            JudgeMyNumber(run, label.Value);
        }
        else if (run.Digits.Length == 13 && CheckDigits.IsCorporateNumber(run.Digits))
        {
            if (label.Value == Label.Corporate || IsInvoiceNumber(text, run.Start))
            {
                Keep(NumberKind.CorporateNumber, run.Digits);
            }
        }
        else if (IsCardShape(run) && CheckDigits.IsCardNumber(run.Digits))
        {
            var sure = run.Groups.Count > 1 || run.Digits.Length is 15 or 16;
            if (label.Value == Label.Card || (sure && label.Value == Label.None))
            {
                Keep(NumberKind.CardNumber, run.Digits);
            }
        }
    }

    private void JudgeMyNumber(DigitRun run, Label label)
    {
        var right = CheckDigits.IsMyNumber(run.Digits);
        if (label == Label.MyNumber && right)
        {
            Keep(NumberKind.MyNumber, run.Digits);
        }
        else if (label == Label.None && !(run.Groups.Count == 1 && (IsTime(run.Digits) || IsPhone(run.Digits))))
        {
            wrong += right ? 0 : 1;
            if (right && unlabelled.Count < MaxKept)
            {
                unlabelled.Add(run.Digits);
            }
        }
    }

    private void Keep(NumberKind kind, string digits)
    {
        if (found.Count < MaxKept)
        {
            found.Add((kind, digits));
        }
    }

    private static bool IsCardShape(DigitRun run) =>
        run.Groups.Count == 1 || run.Is(4, 4, 4, 4) || run.Is(4, 6, 5) || run.Is(4, 6, 4) || run.Is(4, 4, 4, 4, 3);

    /// <summary>One digit to a box, as on forms.</summary>
    private static bool IsBoxes(DigitRun run) => run.Groups.Count == 12 && run.Digits.Length == 12;

    /// <summary>yyyyMMddHHmm.</summary>
    private static bool IsTime(string digits) =>
        digits[0] is '1' or '2'
        && DateTime.TryParseExact(
            digits,
            "yyyyMMddHHmm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
        && time.Year is >= 1950 and < 2100;

    /// <summary>A mobile telephone with the country code of Japan.</summary>
    private static bool IsPhone(string digits) => digits.StartsWith("81", StringComparison.Ordinal) && digits[3] == '0';

    /// <summary>T before the corporate number: the registration number of an issuer of qualified invoices.</summary>
    private static bool IsInvoiceNumber(string text, int start) =>
        start > 0 && text[start - 1] == 't' && (start == 1 || !char.IsAsciiLetterOrDigit(text[start - 2]));

    /// <summary>No part of a longer number, a code, a fraction, an address or a path.</summary>
    private static bool StandsAlone(string text, DigitRun run)
    {
        var before = At(text, run.Start - 1);
        var after = At(text, run.End);
        if (before is '+' or '/' or '_' or '@' or '#' or '%' || after is '_' or '@' or '%' || IsWord(after))
        {
            return false;
        }

        if (IsWord(before))
        {
            return IsInvoiceNumber(text, run.Start);
        }

        // "No.123" is a label, "0.123" a fraction.
        var earlier = At(text, run.Start - 2);
        return !((before == '-' && IsWord(earlier)) || (before == '.' && char.IsAsciiDigit(earlier)))
            && !(after is '.' or '-' && IsWord(At(text, run.End + 1)));
    }

    private static char At(string text, int index) => index >= 0 && index < text.Length ? text[index] : '\0';

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c);
}
