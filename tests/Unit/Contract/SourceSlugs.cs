using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>The slugs of problems as the source names them: in <c>Problem.Of(status, "slug"</c> and <c>new IntakeProblem(status, "slug"</c>.</summary>
internal static partial class SourceSlugs
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "Functions", "Shared" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Pattern().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["slug"].Value)
            .Distinct(StringComparer.Ordinal),
    ];

    public static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(
        @"(?:Problem\s*\.Of|new\s+IntakeProblem)\(\s*[\w.]+,\s*""(?<slug>[a-z-]+)""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
