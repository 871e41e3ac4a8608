using System.Globalization;

namespace TlsOrLink.Checking;

/// <summary>
/// Reads partner domains, one a line, optionally with the number of mails: <c>domain,count</c> (RFC 4180; semicolon and tab too, as
/// spreadsheets write them). A first line that is no domain is a heading. Lines of one domain add up. Pure.
/// </summary>
internal static class CheckCsv
{
    private const long MostMails = 1_000_000_000;

    // What people put between addresses, in either language.
    private static readonly char[] Separators = [',', ';', '\t', ' ', '　', '、', '，', '；'];

    private sealed record Line(int Number, IReadOnlyList<string> Cells);

    /// <summary>The list, or per line (<c>line 3</c>) what is wrong.</summary>
    /// <param name="text">CSV, with or without a byte order mark.</param>
    /// <param name="max">Most entries.</param>
    public static CheckList Read(string text, int max) =>
        Read(Lines(text).Select(line => new Line(line.Number, CsvLine.Split(line.Text))), max, hasHeading: true);

    /// <summary>The same for what a person types: several entries may stand in one line, and there is no heading.</summary>
    public static CheckList ReadTyped(string text, int max) =>
        Read(Lines(text).SelectMany(Typed), max, hasHeading: false);

    private static CheckList Read(IEnumerable<Line> lines, int max, bool hasHeading)
    {
        var entries = new List<CheckEntry>();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => !line.Cells.All(string.IsNullOrWhiteSpace)))
        {
            var (entry, fault) = Entry(line.Cells);
            if (entry is not null)
            {
                entries.Add(entry);
            }
            else if (!hasHeading || line.Cells[0].Contains('.', StringComparison.Ordinal))
            {
                errors[string.Create(CultureInfo.InvariantCulture, $"line {line.Number}")] = [fault!];
            }

            hasHeading = false;
            if (entries.Count > max)
            {
                return CheckList.TooMany(string.Create(CultureInfo.InvariantCulture, $"line {line.Number}"), max);
            }

            if (errors.Count == CheckList.MaxErrors)
            {
                break;
            }
        }

        return entries.Count + errors.Count == 0
            ? CheckList.Wrong("line 1", "Must be at least one domain, one a line.")
            : new CheckList(Summed(entries), errors);
    }

    private static IEnumerable<(int Number, string Text)> Lines(string text) =>
        text.TrimStart('\ufeff')
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Index()
            .Select(line => (line.Index + 1, line.Item));

    private static IEnumerable<Line> Typed((int Number, string Text) line)
    {
        var words = line.Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var count] && count.All(char.IsAsciiDigit)
            ? [new Line(line.Number, words)]
            : words.Select(word => new Line(line.Number, [word]));
    }

    private static (CheckEntry? Entry, string? Fault) Entry(IReadOnlyList<string> cells)
    {
        long? mails = null;
        if (cells.Count > 1 && cells[1].Trim() is { Length: > 0 } count)
        {
            if (
                !long.TryParse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                || number > MostMails
            )
            {
                return (null, "The second cell must be the number of mails, 0 to 1000000000, or empty.");
            }

            mails = number;
        }

        return CheckEntry.Parse(cells[0], mails) is { } entry ? (entry, null) : (null, CheckList.Wanted);
    }

    private static List<CheckEntry> Summed(List<CheckEntry> entries) =>
        [
            .. entries
                .GroupBy(entry => entry.Text, StringComparer.Ordinal)
                .Select(same =>
                    same.First() with
                    {
                        Mails = same.All(entry => entry.Mails is null) ? null : same.Sum(entry => entry.Mails ?? 0),
                    }
                ),
        ];
}
