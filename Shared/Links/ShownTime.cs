using System.Globalization;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Instants for people: Japan standard time with the weekday (<c>wording.md</c>).</summary>
internal static class ShownTime
{
    private const string JapaneseWeekdays = "日月火水木金土";

    /// <summary>Japan has had no daylight saving time since 1952.</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>As <see cref="Of"/>, for readers anywhere: <c>2026年1月9日(金) 18:00（日本時間、UTC+9）</c> or <c>Fri 9 Jan 2026, 18:00 JST (UTC+9)</c>.</summary>
    public static string Anywhere(DateTimeOffset instant, MailLanguage language) =>
        Of(instant, language) + (language == MailLanguage.En ? " (UTC+9)" : "（日本時間、UTC+9）");

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
