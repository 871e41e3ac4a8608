using MimeKit;
using MimeKit.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>What stands in the header of every mail of ours.</summary>
/// <param name="Name">Display name of the service.</param>
/// <param name="Address">Its address.</param>
/// <param name="MessageId">Without angle brackets; the same when the same mail is sent again.</param>
/// <param name="At">When it is written.</param>
internal sealed record OwnMailHeader(string Name, string Address, string MessageId, DateTimeOffset At);

/// <summary>From an <see cref="OwnMail"/> to MIME. Pure.</summary>
internal static class OwnMailMime
{
    /// <summary>RFC 3834 section 5.</summary>
    private const string AutoSubmitted = "Auto-Submitted";

    /// <summary>The whole message as bytes that any server can take.</summary>
    public static async Task<Mail> ToMailAsync(OwnMail mail, OwnMailHeader header, CancellationToken cancellation)
    {
        using var message = Compose(mail, header);
        return await LinkMail.ToMailAsync(message, cancellation);
    }

    private static MimeMessage Compose(OwnMail mail, OwnMailHeader header)
    {
        var message = new MimeMessage
        {
            Date = header.At,
            MessageId = header.MessageId,
            Subject = OneLine(mail.Subject),
            Body = Body(mail),
        };
        message.From.Add(new MailboxAddress(OneLine(header.Name), header.Address));
        message.To.Add(new MailboxAddress("", mail.To.ToString()));
        message.Headers.Add(AutoSubmitted, mail.IsReply ? "auto-replied" : "auto-generated");
        message.Headers.Add(RawHeader.LoopField, header.MessageId.Split('@')[0]);
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language == MailLanguage.Ja ? "ja" : "en");
        if (mail.About is { } about)
        {
            message.Headers.Add(HeaderId.InReplyTo, about);
            message.Headers.Add(HeaderId.References, about);
        }

        return message;
    }

    private static MimeEntity Body(OwnMail mail)
    {
        var text = Text(mail);
        return mail switch
        {
            { ReportType: { } type } => WithParts(new MultipartReport(type) { text }, mail),
            { Parts.Count: > 0 } => WithParts(new Multipart("mixed") { text }, mail),
            _ => text,
        };
    }

    private static MimeEntity Text(OwnMail mail)
    {
        var text = new TextPart(TextFormat.Plain);
        NoticeInsertion.Write(text, System.Text.Encoding.UTF8, mail.Text.ReplaceLineEndings("\r\n"));
        if (mail.Html is null)
        {
            return text;
        }

        var html = new TextPart(TextFormat.Html);
        NoticeInsertion.Write(html, System.Text.Encoding.UTF8, mail.Html.ReplaceLineEndings("\r\n"));
        return new MultipartAlternative { text, html };
    }

    private static Multipart WithParts(Multipart multipart, OwnMail mail)
    {
        foreach (var part in mail.Parts)
        {
            multipart.Add(Part(part));
        }

        return multipart;
    }

    private static MimePart Part(OwnMailPart part)
    {
        var entity = new MimePart(ContentType.Parse(part.ContentType))
        {
            Content = new MimeContent(new MemoryStream(part.Content.ToArray(), writable: false)),
        };
        // Machines read the parts of a report: left as they are where that is possible (RFC 3464 section 2.1).
        entity.ContentTransferEncoding =
            System.Text.Ascii.IsValid(part.Content.Span) && part.FileName is null
                ? ContentEncoding.SevenBit
                : ContentEncoding.Base64;
        if (part.FileName is { } name)
        {
            entity.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = name };
        }

        return entity;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.TrimEntries));
}
