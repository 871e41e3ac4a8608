namespace TlsOrLink.Screening.Numbers;

/// <summary>Digits that stand together, with at most one kind of separator between their groups.</summary>
/// <param name="Digits">Without separators.</param>
/// <param name="Groups">Lengths of the groups.</param>
/// <param name="Start">Index of the first digit.</param>
/// <param name="End">Index behind the last digit.</param>
/// <param name="Separator">Blank, hyphen, or NUL where there is one group.</param>
internal sealed record DigitRun(string Digits, IReadOnlyList<int> Groups, int Start, int End, char Separator)
{
    private const int MaxDigits = 64;

    /// <summary>The groups have these lengths.</summary>
    public bool Is(params ReadOnlySpan<int> lengths)
    {
        if (Groups.Count != lengths.Length)
        {
            return false;
        }

        for (var i = 0; i < lengths.Length; i++)
        {
            if (Groups[i] != lengths[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The run, and where blanks part it its single groups: a number between others, as in a table.</summary>
    public IEnumerable<DigitRun> Readings()
    {
        yield return this;
        if (Separator != ' ' || Groups.All(length => length == 4))
        {
            yield break;
        }

        // A group and a blank before the next.
        for (var (i, digits, at) = (0, 0, Start); i < Groups.Count; digits += Groups[i], at += Groups[i] + 1, i++)
        {
            if (Groups[i] >= 12)
            {
                yield return new DigitRun(Digits.Substring(digits, Groups[i]), [Groups[i]], at, at + Groups[i], '\0');
            }
            else if (IsThreeFours(i))
            {
                yield return new DigitRun(Digits.Substring(digits, 12), [4, 4, 4], at, at + 14, ' ');
            }
        }
    }

    /// <summary>Finds the run that begins at <paramref name="start"/>, which is a digit after none.</summary>
    /// <returns>Null where it is too long to be of interest; <paramref name="end"/> is behind it all the same.</returns>
    public static DigitRun? At(string text, int start, out int end)
    {
        List<int> groups = [];
        var digits = new System.Text.StringBuilder();
        var (separator, at) = ('\0', start);
        while (true)
        {
            var begin = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            groups.Add(at - begin);
            if (digits.Length <= MaxDigits)
            {
                digits.Append(text, begin, at - begin);
            }

            if (
                at + 1 >= text.Length
                || !char.IsAsciiDigit(text[at + 1])
                || SeparatorOf(text[at]) is not { } next
                || (groups.Count > 1 && next != separator)
            )
            {
                break;
            }

            separator = next;
            at++;
        }

        end = at;
        return digits.Length > MaxDigits ? null : new DigitRun(digits.ToString(), groups, start, at, separator);
    }

    private bool IsThreeFours(int i) =>
        i + 2 < Groups.Count
        && Groups[i] == 4
        && Groups[i + 1] == 4
        && Groups[i + 2] == 4
        && (i == 0 || Groups[i - 1] != 4)
        && (i + 3 == Groups.Count || Groups[i + 3] != 4);

    /// <summary>What people and input methods put between groups; the long vowel mark is on the key of the hyphen.</summary>
    private static char? SeparatorOf(char c) =>
        c switch
        {
            ' ' => ' ',
            '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\u30fc' or '\u2500' or '\u00ad' => '-',
            _ => null,
        };
}
