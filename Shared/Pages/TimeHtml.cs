using System.Globalization;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Instants on pages, for readers anywhere.</summary>
internal static class TimeHtml
{
    /// <summary>Japan's time with its offset, in an element that the script of <see cref="PageFrame.TellsTimes"/> writes anew for the reader's zone.</summary>
    public static Html Of(DateTimeOffset at, MailLanguage language) =>
        Html.Of(
            $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}">{ShownTime.Anywhere(
                at,
                language
            )}</time>"""
        );
}
