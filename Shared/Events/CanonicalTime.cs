using System.Globalization;

namespace TlsOrLink.Events;

/// <summary>An instant as the audit trail writes it: RFC 3339, UTC, seven digits: all that a table can hold.</summary>
internal static class CanonicalTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>To the millisecond.</summary>
    public static DateTimeOffset Trim(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
