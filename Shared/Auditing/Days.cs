using System.Globalization;

namespace TlsOrLink.Auditing;

/// <summary>Days, UTC.</summary>
internal static class Days
{
    private const string Format = "yyyyMMdd";

    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary><c>yyyyMMdd</c>.</summary>
    public static string NameOf(DateTimeOffset day) => day.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string name) =>
        DateTimeOffset.TryParseExact(
            name,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var day
        )
            ? day
            : null;
}
