using System.Globalization;
using System.Text;
using SendGrid.Helpers.Mail;
using TlsOrLink.Messages;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending.WebApi;

/// <summary>Makes the request of <c>POST /v3/mail/send</c>, within the rules of <c>docs/sendgrid-facts.md</c>. Pure.</summary>
internal static class SendGridMail
{
    /// <summary>Custom argument with the recipient's opaque mark.</summary>
    public const string MarkArgument = "tlsorlink";

    private static readonly char[] NotInNames = [';', ',', '\r', '\n', '"'];

    /// <summary>One personalization for each recipient, so that none sees another; tracking off, which would rewrite links.</summary>
    public static SendGridMessage Of(WebMail mail, SmtpEnvelope envelope) =>
        new()
        {
            From = new EmailAddress(mail.FromAddress, NameOf(mail.FromName)),
            Subject = mail.Subject is { Length: > 0 } subject ? OneLine(subject) : "-",
            ReplyTos =
                mail.ReplyTo.Count > 0
                    ?
                    [
                        .. mail
                            .ReplyTo.Distinct(StringComparer.OrdinalIgnoreCase)
                            .Select(address => new EmailAddress(address)),
                    ]
                    : null,
            Personalizations = [.. envelope.Recipients.Select((to, i) => ToOne(to.ToString(), envelope.MarkOf(i)))],
            Contents = [.. Contents(mail)],
            Attachments = mail.Parts.Count > 0 ? [.. mail.Parts.Select(FileOf)] : null,
            Headers =
                mail.Headers.Count > 0
                    ? new Dictionary<string, string>(mail.Headers, StringComparer.OrdinalIgnoreCase)
                    : null,
            TrackingSettings = new TrackingSettings
            {
                ClickTracking = new ClickTracking { Enable = false, EnableText = false },
                OpenTracking = new OpenTracking { Enable = false },
                SubscriptionTracking = new SubscriptionTracking { Enable = false },
                Ganalytics = new Ganalytics { Enable = false },
            },
        };

    private static Personalization ToOne(string address, string? mark) =>
        new()
        {
            Tos = [new EmailAddress(address)],
            CustomArgs = mark is null
                ? null
                : new Dictionary<string, string>(StringComparer.Ordinal) { [MarkArgument] = mark },
        };

    // text/plain first, then text/html; a value must have a character.
    private static IEnumerable<Content> Contents(WebMail mail)
    {
        if (mail.Text is not null || mail.Html is null)
        {
            yield return new Content("text/plain", mail.Text is { Length: > 0 } text ? text : " ");
        }

        if (mail.Html is { } html)
        {
            yield return new Content("text/html", html.Length > 0 ? html : " ");
        }
    }

    private static Attachment FileOf(WebPart part) =>
        new()
        {
            Content = Convert.ToBase64String(part.Content),
            Type = part.Type,
            Filename = Without(part.Name, NotInNames, '_'),
            Disposition = part.ContentId is null ? "attachment" : "inline",
            ContentId = part.ContentId is { } id ? Without(id, NotInNames, '_') : null,
        };

    /// <summary>ASCII, since the API takes no other in <c>from</c>: an encoded word (RFC 2047); null for none.</summary>
    private static string? NameOf(string name)
    {
        var line = OneLine(name);
        return line.Length == 0 ? null
            : Ascii.IsValid(line) ? line
            : string.Create(
                CultureInfo.InvariantCulture,
                $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(line))}?="
            );
    }

    private static string OneLine(string text) => Without(text, ['\r', '\n'], ' ').Trim();

    private static string Without(string text, char[] unwanted, char instead) =>
        string.Concat(text.Select(c => unwanted.Contains(c) ? instead : c));
}
