namespace TlsOrLink.Benchmarks.Report;

/// <summary>Findings as a table. Pure.</summary>
internal static class Table
{
    private static readonly string[] Heads = ["what", "peer in the same run", "goal", "figure", ""];

    /// <summary>For a page of the documentation.</summary>
    public static string Markdown(IReadOnlyCollection<Finding> findings) =>
        string.Join(
            '\n',
            [
                Line(Heads),
                "| --- | --- | --- | --- | --- |",
                .. findings.Select(finding => Line([.. Cells(finding).Select(Escape)])),
                "",
            ]
        );

    /// <summary>For a terminal: a block for each finding, since figures with both sides are long.</summary>
    public static string Text(IReadOnlyCollection<Finding> findings)
    {
        var width = findings.Select(finding => finding.What.Length).DefaultIfEmpty().Max();
        return string.Join(
            '\n',
            findings.Select(finding =>
                $"{finding.Verdict, -9} {finding.What.PadRight(width)}  {finding.Goal}: {finding.Shown}".TrimEnd()
            )
        );
    }

    private static string[] Cells(Finding finding) =>
        [finding.What, finding.Peer, $"{finding.Goal}", finding.Shown, finding.Verdict];

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
