using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Browser;

/// <summary>What the documents say of the pages.</summary>
public sealed partial class AccessibilityPageTests
{
    [Fact]
    public async Task Each_success_criterion_of_level_A_and_AA_has_its_line()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Screenshots.Folder, "..", "accessibility.md"));

        var lines = Criterion().Matches(text);
        lines.Count.ShouldBe(38);
        lines.Count(line => line.Groups["level"].Value == "A").ShouldBe(25);
        lines.Select(line => line.Groups["number"].Value).ShouldBeUnique();
    }

    [Fact]
    public void Each_page_has_its_pictures_in_both_languages_and_no_picture_is_of_an_old_page() =>
        Directory
            .EnumerateFiles(Screenshots.Folder, "*.png")
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                from state in PageState.All.OrderBy(state => state.Name, StringComparer.Ordinal)
                from language in (string[])["en", "ja"]
                select Screenshots.FileOf(state.Name, language),
                ignoreOrder: true,
                "TLSORLINK_WRITE_DOCS=1 ./test --filter Every_page takes them"
            );

    [GeneratedRegex(
        @"^\| (?<number>\d\.\d\.\d) [^|]+ \| (?<level>AA?) \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Criterion();
}
