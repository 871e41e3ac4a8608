using System.Text.RegularExpressions;
using MimeKit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>What a person, or a scanner, reads in a mail.</summary>
internal static partial class MailText
{
    /// <summary>Text and HTML.</summary>
    public static string Of(ScriptedMessage message)
    {
        using var mail = MimeMessage.Load(new MemoryStream(message.Content));
        return $"{mail.Subject}\n{mail.TextBody}\n{mail.HtmlBody}";
    }

    /// <summary>Paths and queries of every URL in a mail.</summary>
    public static IReadOnlyList<string> PathsOf(ScriptedMessage message) =>
        [
            .. Url()
                .Matches(Of(message))
                .Select(match => new Uri(match.Value).PathAndQuery)
                .Distinct(StringComparer.Ordinal),
        ];

    [GeneratedRegex("""https?://[^\s"<>]+""", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
