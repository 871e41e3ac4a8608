using System.Globalization;

namespace TlsOrLink.Messages;

/// <summary>Instants as callers write them. Pure.</summary>
internal static class Rfc3339
{
    /// <summary>An instant with its offset; null for anything else: without one nobody knows whose clock is meant.</summary>
    public static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParseExact(
            text.ToUpperInvariant(),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var instant
        ) && (text.EndsWith('Z') || text.EndsWith('z') || text[^6] is '+' or '-')
            ? instant
            : null;

    /// <summary>The beginning of a day (UTC), or an instant with its offset; null for anything else.</summary>
    public static DateTimeOffset? DayOrInstant(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var day
        )
            ? day
            : Instant(text);
}
