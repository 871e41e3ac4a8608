using System.Text;

namespace TlsOrLink.Checking;

/// <summary>One line of CSV (RFC 4180), read and written. Cells hold no line ends.</summary>
internal static class CsvLine
{
    /// <summary>The cells. A quote that is never closed reaches to the end of the line.</summary>
    public static List<string> Split(string line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var (quoted, blank) = (false, true);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(c);
                i++;
            }
            else if (c == '"' && (quoted || blank))
            {
                quoted = !quoted;
                blank = false;
            }
            else if (!quoted && c is ',' or ';' or '\t')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                blank = true;
            }
            else
            {
                blank &= char.IsWhiteSpace(c);
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    /// <summary>
    /// The line with its end. A cell that a spreadsheet would run as a formula gets an apostrophe in front, and control characters become
    /// spaces.
    /// </summary>
    public static string Write(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        var safe = clean.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]
            ? $"'{clean}"
            : clean;
        return safe.AsSpan().IndexOfAny("\",;\t ") < 0
            ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
