using TlsOrLink.Messages;

namespace TlsOrLink.Checking;

/// <summary>A reason in plain words.</summary>
/// <param name="Meaning">One sentence for a person.</param>
/// <param name="Change">What the recipient's postmaster can change so that attachments arrive directly; null where there is nothing.</param>
internal sealed record ReasonText(string Meaning, string? Change);

/// <summary>The one source of what reasons mean: <c>Reasons/reasons.*.txt</c>, one line a slug. <c>docs/tls-decision.md</c> repeats it, held by a test.</summary>
internal static class ReasonTexts
{
    private static readonly Dictionary<string, ReasonText> Japanese = Read("ja", nothing: "不要");
    private static readonly Dictionary<string, ReasonText> English = Read("en", nothing: "nothing");

    /// <summary>The slugs that are explained.</summary>
    public static IReadOnlyCollection<string> Slugs => English.Keys;

    /// <summary>The words for a reason; for a slug that a newer instance wrote, the slug itself.</summary>
    public static ReasonText Of(string slug, MailLanguage language) =>
        In(language).GetValueOrDefault(slug) ?? new ReasonText(slug, null);

    private static Dictionary<string, ReasonText> In(MailLanguage language) =>
        language == MailLanguage.En ? English : Japanese;

    private static Dictionary<string, ReasonText> Read(string language, string nothing)
    {
        using var stream =
            typeof(ReasonTexts).Assembly.GetManifestResourceStream($"TlsOrLink.Checking.reasons.{language}.txt")
            ?? throw new InvalidOperationException($"reasons.{language}.txt is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(" | "))
            .ToDictionary(
                cells => cells[0],
                cells => new ReasonText(
                    cells[1],
                    string.Equals(cells[2], nothing, StringComparison.Ordinal) ? null : Sentence(cells[2])
                ),
                StringComparer.Ordinal
            );
    }

    private static string Sentence(string text) =>
        char.ToUpperInvariant(text[0])
        + text[1..]
        + (
            text[^1] is '.' or '。' ? ""
            : char.IsAscii(text[0]) && text.All(c => c < '\u3000') ? "."
            : "。"
        );
}
