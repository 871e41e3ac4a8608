using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// What problems say, in the language of whoever asked. The code says it in English; <c>problems.ja.txt</c> has the same in Japanese, by
/// the English sentence, as catalogues of messages do. A test finds the sentences that it lacks.
/// </summary>
internal static partial class ProblemTexts
{
    private const string Resource = "TlsOrLink.Functions.Http.problems.ja.txt";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private static readonly Lazy<IReadOnlyList<(Regex English, string Japanese)>> Sentences = new(Read);

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["The request is not valid"] = "要求が正しくありません",
        ["A caller's key is needed"] = "呼び出し元のキーが必要です",
        ["Not allowed"] = "許可されていません",
        ["Not found"] = "見つかりません",
        ["Conflict"] = "今の状態ではできません",
        ["Too large"] = "大きすぎます",
        ["Unsupported content type"] = "対応していない Content-Type です",
        ["Refused by a rule"] = "規則により拒まれました",
        ["Too many requests"] = "要求が多すぎます",
        ["Try again later"] = "後でもう一度お試しください",
    };

    /// <summary>The problem with its title, detail and errors in a language.</summary>
    public static void Translate(ProblemDetails problem, MailLanguage language)
    {
        if (language == MailLanguage.En)
        {
            return;
        }

        problem.Title = Titles.GetValueOrDefault(problem.Title ?? "", problem.Title ?? "");
        problem.Detail = DetailOf(problem.Detail ?? "");
        if (
            problem.Extensions.TryGetValue("errors", out var errors)
            && errors is IReadOnlyDictionary<string, string[]> fields
        )
        {
            problem.Extensions["errors"] = fields.ToDictionary(
                field => field.Key,
                field => field.Value.Select(InJapanese).ToArray(),
                StringComparer.Ordinal
            );
        }
    }

    /// <summary>The sentence in Japanese; null where there is none.</summary>
    public static string? Find(string english)
    {
        foreach (var (sentence, japanese) in Sentences.Value)
        {
            if (sentence.Match(english) is { Success: true } match)
            {
                return Placeholder().Replace(japanese, hole => match.Groups[$"p{hole.Groups["n"].Value}"].Value);
            }
        }

        return null;
    }

    /// <summary>A detail is a sentence, or a field's path and what is said of the field.</summary>
    private static string DetailOf(string detail)
    {
        var colon = detail.IndexOf(": ", StringComparison.Ordinal);
        return Find(detail)
            ?? (
                colon > 0 && Find(detail[(colon + 2)..]) is { } text ? $"{detail[..colon]}: {text}" : InJapanese(detail)
            );
    }

    private static string InJapanese(string english) => Find(english) ?? $"次のとおりに直してください: {english}";

    /// <summary>The longest sentences first: they say most of what they mean.</summary>
    private static List<(Regex English, string Japanese)> Read()
    {
        using var stream =
            typeof(ProblemTexts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not part of this build.");
        using var reader = new StreamReader(stream);
        List<(string English, string Japanese)> pairs = [];
        var english = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                pairs.Add((english, line.Trim()));
            }

            english = line;
        }

        return
        [
            .. pairs
                .OrderByDescending(pair => Placeholder().Replace(pair.English, "").Length)
                .Select(pair => (PatternOf(pair.English), pair.Japanese)),
        ];
    }

    private static Regex PatternOf(string english)
    {
        var escaped = Regex.Replace(
            Regex.Escape(english),
            @"\\\{(?<n>\d)}",
            "(?<p${n}>.*?)",
            RegexOptions.ExplicitCapture,
            Deadline
        );
        return new Regex(
            $"^{escaped}$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            Deadline
        );
    }

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
