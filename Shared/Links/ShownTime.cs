using System.Globalization;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Instants for people: Japan standard time with the weekday (<c>wording.md</c>).</summary>
internal static class ShownTime
{
    private const string JapaneseWeekdays = "日月火水木金土";

    /// <summary>Japan has had no daylight saving time since 1952.</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary><c>2026年1月9日(金) 18:00</c> or <c>Fri 9 Jan 2026, 18:00 JST</c>; seconds fall away, so it is never later than the truth.</summary>
    public static string Of(DateTimeOffset instant, MailLanguage language)
    {
        var local = instant.ToOffset(Japan);
        return language == MailLanguage.En
            ? local.ToString("ddd d MMM yyyy, HH:mm 'JST'", CultureInfo.InvariantCulture)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{local:yyyy年M月d日}({JapaneseWeekdays[(int)local.DayOfWeek]}) {local:HH:mm}"
            );
    }
}
