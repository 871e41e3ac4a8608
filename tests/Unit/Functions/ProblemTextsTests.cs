using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Unit.Contract;

namespace TlsOrLink.Tests.Unit.Functions;

/// <summary>What problems say is said in Japanese too.</summary>
public sealed partial class ProblemTextsTests
{
    private static readonly string[] Folders = ["Functions/Http", "Functions/Middleware", "Shared/Messages"];

    /// <summary>The texts of <c>Problem.Of</c>, <c>IntakeRefusal.At</c>, <c>Fault</c> and of tables of errors, as the source has them.</summary>
    public static IReadOnlyList<string> FromSource { get; } =
    [
        .. Folders
            .SelectMany(folder =>
                Directory.GetFiles(Path.Combine(SourceSlugs.Root(), folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !file.EndsWith("ProblemTexts.cs", StringComparison.Ordinal))
            .SelectMany(file => Refusals().Matches(File.ReadAllText(file)))
            .SelectMany(match => Texts().Matches(match.Value))
            .Select(match =>
                Hole().Replace(match.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), "7")
            )
            .Where(text => text.Contains(' ', StringComparison.Ordinal) && text.EndsWith('.'))
            .Distinct(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_text_that_the_source_has_is_there_in_Japanese()
    {
        FromSource.Count.ShouldBeGreaterThan(60);
        FromSource
            .Where(text => ProblemTexts.Find(text) is null)
            .ShouldBeEmpty("add it to Functions/Http/problems.ja.txt");
    }

    [Fact]
    public void What_stands_in_a_text_stands_in_its_translation()
    {
        var problem = (ProblemDetails)
            Problem
                .Of(
                    400,
                    "invalid-message",
                    new Dictionary<string, string[]>(StringComparer.Ordinal)
                    {
                        ["options.hold"] = ["Must be a whole number from 0 to 129600."],
                    }
                )
                .Value!;

        ProblemTexts.Translate(problem, MailLanguage.Ja);

        problem.Title.ShouldBe("要求が正しくありません");
        problem.Detail.ShouldBe("options.hold: 0 から 129600 までの整数にしてください。");
        ((Dictionary<string, string[]>)problem.Extensions["errors"]!)["options.hold"]
            .ShouldBe(["0 から 129600 までの整数にしてください。"]);
    }

    [Fact]
    public void A_text_without_a_translation_is_told_all_the_same()
    {
        var problem = new ProblemDetails { Title = "Conflict", Detail = "Something new." };

        ProblemTexts.Translate(problem, MailLanguage.Ja);

        problem.Detail.ShouldBe("次のとおりに直してください: Something new.");
    }

    [GeneratedRegex(
        @"(Problem\s*\.Of\(|IntakeRefusal\s*\.(At|Loop)\(|\bFault\(|new IntakeProblem\(|[eE]rrors\[[^\]]+\]\s*=|MissingRole\.Of\().*?;",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Refusals();

    [GeneratedRegex(@"""(?<text>[A-Z](\\.|[^""\\])*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
