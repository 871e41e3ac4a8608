using System.Net.Http.Headers;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Language tags (RFC 5646) to <see cref="MailLanguage"/> and back.</summary>
internal static class Languages
{
    /// <summary>A longer Accept-Language is no browser's.</summary>
    private const int MaxHeaderLength = 500;

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public static string Tag(this MailLanguage language) => language == MailLanguage.En ? "en" : "ja";

    /// <summary>The language of a tag such as <c>ja</c>, <c>en-GB</c>; null for any other.</summary>
    public static MailLanguage? Parse(string? tag) =>
        tag?.Split('-', 2)[0].Trim().ToLowerInvariant() switch
        {
            "ja" => MailLanguage.Ja,
            "en" => MailLanguage.En,
            _ => null,
        };

    /// <summary>The reader's choice: what they switched to, else what their browser prefers (RFC 9110 section 12.5.4), else the link's.</summary>
    /// <param name="chosen">Value of the switch in the query, or null.</param>
    /// <param name="acceptLanguage">The request header, or null.</param>
    /// <param name="fallback">The language of the message.</param>
    public static MailLanguage Choose(string? chosen, string? acceptLanguage, MailLanguage fallback) =>
        Parse(chosen) ?? Preferred(acceptLanguage) ?? fallback;

    private static MailLanguage? Preferred(string? header) =>
        header is { Length: > 0 and <= MaxHeaderLength }
            ? header
                .Split(',')
                .Select(part => StringWithQualityHeaderValue.TryParse(part, out var value) ? value : null)
                .Where(value => value is not null && value.Quality is not 0 && Parse(value.Value) is not null)
                .OrderByDescending(value => value!.Quality ?? 1)
                .Select(value => Parse(value!.Value))
                .FirstOrDefault()
            : null;
}
