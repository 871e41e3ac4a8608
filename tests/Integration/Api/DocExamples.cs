using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>A fenced block of <c>curl</c> commands in a document.</summary>
/// <param name="Where">File and line.</param>
/// <param name="Needs">What must be there before: the word of <c>&lt;!-- example: WORD --&gt;</c> in the line above the fence; empty for nothing.</param>
/// <param name="NotRun">Why it cannot run: the words of <c>&lt;!-- not run: WORDS --&gt;</c>; null for it runs.</param>
/// <param name="Script">The block as it stands.</param>
internal sealed partial record DocExample(string Where, string Needs, string? NotRun, string Script)
{
    /// <summary>What its commands are answered with, by the numbers behind them (<c># 202</c>); empty where the document says nothing.</summary>
    public IReadOnlyList<int> Statuses { get; } =
    [.. Status().Matches(Script).Select(match => int.Parse(match.Groups["status"].Value))];

    /// <summary>All of a document, in order.</summary>
    public static IReadOnlyList<DocExample> Of(string file, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..", file));
        return [.. Blocks(file, File.ReadAllLines(path)).Where(example => Curl().IsMatch(example.Script))];
    }

    private static IEnumerable<DocExample> Blocks(string file, string[] lines)
    {
        var begin = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            if (begin < 0)
            {
                begin = i;
                continue;
            }

            var above = begin > 0 ? lines[begin - 1] : "";
            var reason = NotRunMark().Match(above);
            yield return new DocExample(
                $"{file}:{begin + 1}",
                NeedsMark().Match(above).Groups["word"].Value,
                reason.Success ? reason.Groups["words"].Value : null,
                string.Join('\n', lines[(begin + 1)..i])
            );
            begin = -1;
        }
    }

    [GeneratedRegex(@"^\s*curl\s", RegexOptions.Multiline)]
    private static partial Regex Curl();

    [GeneratedRegex(@"\s# (?<status>\d{3})\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Status();

    [GeneratedRegex("<!-- example: (?<word>[a-z-]+) -->", RegexOptions.ExplicitCapture)]
    private static partial Regex NeedsMark();

    [GeneratedRegex("<!-- not run: (?<words>.{10,}) -->", RegexOptions.ExplicitCapture)]
    private static partial Regex NotRunMark();
}
