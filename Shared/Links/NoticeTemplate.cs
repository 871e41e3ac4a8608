using System.Text.RegularExpressions;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>
/// The template of one mail kind in one language: lines of text with fields in braces. The first line is the heading;
/// <c>{Url}</c> and <c>{Files}</c> stand on lines of their own. Text and HTML are both made of it.
/// </summary>
internal sealed partial class NoticeTemplate
{
    private static readonly string[] Fields = ["Company", "Expiry", "Url", "Files", "Sender"];
    private static readonly string[] OwnLines = ["{Url}", "{Files}"];

    private NoticeTemplate(IReadOnlyList<string> lines) => Lines = lines;

    /// <summary>The lines, not empty, without line ends.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Parses and checks a template.</summary>
    /// <param name="name">Name for the error, such as the file's.</param>
    /// <param name="text">The template.</param>
    /// <exception cref="FormatException">A field is missing, unknown, or not on a line of its own: correct the template.</exception>
    public static NoticeTemplate Parse(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var used = FieldPattern()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        if (Fields.Except(used, StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new FormatException($"Template {name} lacks the field {{{missing}}}.");
        }

        if (used.Except(Fields, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new FormatException(
                $"Template {name} has the unknown field {{{unknown}}}; known: {string.Join(", ", Fields)}."
            );
        }

        if (OwnLines.FirstOrDefault(field => !lines.Contains(field, StringComparer.Ordinal)) is { } crowded)
        {
            throw new FormatException($"Template {name} must have {crowded} on a line of its own.");
        }

        return new NoticeTemplate(lines);
    }

    /// <summary>The template that comes with the product.</summary>
    /// <param name="kind">Mail kind, such as <c>notice</c>.</param>
    /// <param name="language">Language of the mail.</param>
    /// <exception cref="FormatException">See <see cref="Parse"/>.</exception>
    public static NoticeTemplate Embedded(string kind, MailLanguage language)
    {
        var name = $"{kind}.{language.Tag()}.txt";
        var stream =
            typeof(NoticeTemplate).Assembly.GetManifestResourceStream($"TlsOrLink.Links.Templates.{name}")
            ?? throw new FormatException($"Template {name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    }

    /// <summary>One line with its fields filled in, in one pass: a value that looks like a field stays as it is.</summary>
    /// <param name="line">A line of <see cref="Lines"/>.</param>
    /// <param name="valueOf">Value of a field, escaped as the output needs it.</param>
    /// <param name="literal">Makes the template's own words fit for the output.</param>
    public static string Fill(string line, Func<string, string> valueOf, Func<string, string> literal)
    {
        var parts = FieldPattern().Split(line);
        return string.Concat(parts.Select((part, i) => i % 2 == 0 ? literal(part) : valueOf(part)));
    }

    // Nothing to go back over, and read at every start: it is compiled with the rest, which RegexOptions.NonBacktracking is not.
    [GeneratedRegex(
        @"\{(?<field>[A-Za-z]+)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex FieldPattern();
}
