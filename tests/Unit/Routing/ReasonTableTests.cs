using System.Reflection;
using System.Runtime.CompilerServices;
using TlsOrLink.Checking;
using TlsOrLink.Dns;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Routing;

public sealed class ReasonTableTests
{
    private static readonly string[] Rooms =
    [
        "Dns",
        "Mx",
        "MtaSts",
        "Dane",
        "Smtp",
        "Probing",
        "Routing",
        "Scanning",
        "Sending",
    ];

    [Fact]
    public void Explains_every_reason_that_the_code_can_give_in_both_languages()
    {
        var rows = Rows();
        Slugs()
            .Except(rows.Keys)
            .ShouldBeEmpty("give each of these slugs a row in docs/tls-decision.md: meaning, 意味, what to change");
        rows.Values.ShouldAllBe(cells => cells.Count == 3 && cells.All(cell => cell.Length > 0));
    }

    [Fact]
    public void Explains_no_reason_that_the_code_cannot_give() =>
        Rows().Keys.Except(Slugs()).ShouldBeEmpty("remove these rows from docs/tls-decision.md");

    [Fact]
    public void Says_what_the_product_says()
    {
        ReasonTexts.Slugs.ShouldBe(Rows().Keys, ignoreOrder: true);
        foreach (var (slug, cells) in Rows())
        {
            var (english, japanese) = (ReasonTexts.Of(slug, MailLanguage.En), ReasonTexts.Of(slug, MailLanguage.Ja));
            english.Meaning.ShouldBe(cells[0], slug);
            japanese.Meaning.ShouldBe(cells[1], slug);
            var change = cells[2].Replace("`", "", StringComparison.Ordinal);
            (english.Change?.TrimEnd('.') ?? "nothing")
                .ToLowerInvariant()
                .ShouldBe(change.TrimEnd('.').ToLowerInvariant(), slug);
            (japanese.Change is null).ShouldBe(english.Change is null, slug);
        }
    }

    [Fact]
    public void A_slug_that_it_does_not_know_is_its_own_explanation() =>
        ReasonTexts.Of("of-tomorrow", MailLanguage.Ja).ShouldBe(new ReasonText("of-tomorrow", null));

    private static List<string> Slugs() =>
        [
            .. typeof(DnsFailures)
                .Assembly.GetTypes()
                .Where(type => Rooms.Any(room => type.Namespace == $"TlsOrLink.{room}"))
                .Where(type =>
                    type.Name.EndsWith("Reasons", StringComparison.Ordinal)
                    || type.Name is "DnsFailures" or "CertificateErrors"
                )
                .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
                .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
                .Select(field => (string)field.GetRawConstantValue()!)
                .Distinct(),
        ];

    private static Dictionary<string, List<string>> Rows([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/tls-decision.md"))
            .SkipWhile(line => line != "## Reasons")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1..].ToList());
}
