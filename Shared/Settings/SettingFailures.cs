using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Settings;

/// <summary>Says of wrong settings which one it is, what is wrong with it and what would be right. No message repeats a value: it may be a secret.</summary>
internal static partial class SettingFailures
{
    /// <summary>What is wrong; null where the exception is not about settings.</summary>
    public static IReadOnlyList<string>? Explain(Exception fault) =>
        fault switch
        {
            OptionsValidationException invalid =>
            [
                .. invalid.Failures.Select(failure => WithExample(Named(failure, invalid.OptionsType))),
            ],
            AggregateException many
                when many.InnerExceptions.Select(Explain).ToList() is var all
                    && all.TrueForAll(one => one is not null) => [.. all.SelectMany(one => one!)],
            InvalidOperationException failed when Conversion().Match(failed.Message) is { Success: true } match =>
            [
                WithExample($"{match.Groups["path"].Value} must be {Kind(match.Groups["type"].Value)}."),
            ],
            // Lists are bound strictly, and the binder puts the reason one deeper.
            InvalidOperationException { InnerException: { } inner } => Explain(inner),
            _ => null,
        };

    /// <summary>The attributes' own messages know the property's name alone.</summary>
    private static string Named(string failure, Type options)
    {
        if (Annotation().Match(failure) is not { Success: true } match)
        {
            return failure;
        }

        var error = match.Groups["error"].Value;
        var section = KnownSettings.SectionOf(options);
        if (section is null || error.StartsWith($"{section}:", StringComparison.Ordinal))
        {
            return error;
        }

        var setting = $"{section}:{match.Groups["member"].Value}";
        return Field().Replace(error, setting, 1) is var named && named.Contains(setting, StringComparison.Ordinal)
            ? named
            : $"{setting}: {error}";
    }

    private static string WithExample(string sentence)
    {
        var path = Setting().Match(sentence).Value;
        return KnownSettings.Of(path) is { Example: { } example }
            ? $"{sentence} Example: {path.Replace(":", "__", StringComparison.Ordinal)}={example}"
            : sentence;
    }

    private static string Kind(string type) =>
        Type.GetType(type) switch
        {
            { } known when known == typeof(TimeSpan) => "a duration (d.hh:mm:ss)",
            { } known when known == typeof(bool) => "true or false",
            { } known when known == typeof(int) || known == typeof(long) => "a whole number",
            { } known when known == typeof(double) => "a number",
            { } known when known == typeof(Uri) => "an absolute address",
            _ when typeof(SettingFailures).Assembly.GetType(type) is { IsEnum: true } words =>
                $"one of {string.Join(", ", Enum.GetNames(words))}",
            _ => $"a {type.Split('.')[^1]}",
        };

    [GeneratedRegex(
        "^DataAnnotation validation failed for '[^']*' members: '(?<member>[^',]*)[^']*' with the error: '(?<error>.*)'\\.$",
        RegexOptions.ExplicitCapture
            | RegexOptions.CultureInvariant
            | RegexOptions.NonBacktracking
            | RegexOptions.Singleline
    )]
    private static partial Regex Annotation();

    [GeneratedRegex(
        "at '(?<path>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Conversion();

    [GeneratedRegex(
        "The field [A-Za-z]+|The [A-Za-z]+ field",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Field();

    [GeneratedRegex(
        "[A-Z][A-Za-z]+(:[A-Za-z0-9]+)+",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Setting();
}
