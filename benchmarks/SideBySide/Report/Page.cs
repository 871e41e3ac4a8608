using System.Globalization;

namespace TlsOrLink.Benchmarks.Report;

/// <summary>The page of a whole run. Pure.</summary>
internal static class Page
{
    public static string Of(
        IReadOnlyCollection<Finding> findings,
        string machine,
        DateTimeOffset at,
        Size size,
        TimeSpan took
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Benchmarks

            Written by `./bench{(
                size == Size.Long ? " --long" : ""
            )}` on {at:yyyy-MM-dd} in {took.TotalMinutes:F0} minutes. Do not edit.

            Machine: {machine}.

            Each figure is the median of its repeats, with the least and the most in brackets; both sides ran in turns in the same run, on the same
            machine, which other work may have shared. What each row does and leaves out stands in [performance.md](performance.md).

            {Table.Markdown(findings)}
            """
        );
}
