using MimeKit;
using MimeKit.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>What stands above the body of a link mail.</summary>
/// <param name="Text">Plain text, lines of any line end.</param>
/// <param name="Html">An HTML fragment, already encoded.</param>
internal sealed record LinkNotice(string Text, string Html);

/// <summary>Makes a link mail of a message without its files. Pure but for changing the message that it is given.</summary>
internal static class LinkMail
{
    private static readonly FormatOptions CrLfLines = NewCrLfLines();

    private static readonly string[] LeftOut =
    [
        "Bcc",
        "Resent-Bcc",
        "TLS-Required",
        // Signatures of a message that is no longer the same.
        "DKIM-Signature",
        "ARC-Seal",
        "ARC-Message-Signature",
        "ARC-Authentication-Results",
    ];

    /// <summary>Puts the notice above the body, in text and in HTML where both are; all else stays as it is.</summary>
    /// <param name="stripped">From <see cref="MessageBlobs.LoadStrippedAsync"/>; changed and returned.</param>
    /// <param name="notice">In the message's language.</param>
    /// <param name="loop">Value of the loop header, such as the message id.</param>
    /// <param name="protectBody">The notice takes the place of the body.</param>
    public static MimeMessage Compose(MimeMessage stripped, LinkNotice notice, string loop, bool protectBody)
    {
        foreach (var field in LeftOut)
        {
            stripped.Headers.RemoveAll(field);
        }

        stripped.Headers.Replace(RawHeader.LoopField, loop);
        if (protectBody || stripped.Body is null)
        {
            stripped.Body = Alone(notice);
            return stripped;
        }

        var (text, html) = Bodies(stripped.Body);
        if (text is null && html is null)
        {
            stripped.Body = new Multipart("mixed") { Alone(notice), stripped.Body };
        }

        if (text is not null)
        {
            NoticeInsertion.IntoText(text, notice.Text);
        }

        if (html is not null)
        {
            NoticeInsertion.IntoHtml(html, notice.Html);
        }

        return stripped;
    }

    /// <summary>The composed message as bytes; parts with 8-bit content are encoded, so that any server can take it.</summary>
    public static async Task<Mail> ToMailAsync(MimeMessage message, CancellationToken cancellation)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        var written = new MemoryStream();
        await message.WriteToAsync(CrLfLines, written, cancellation);
        written.Position = 0;
        return new Mail(written, written.Length, EightBit: false);
    }

    private static MultipartAlternative Alone(LinkNotice notice)
    {
        var (text, html) = (new TextPart(TextFormat.Plain), new TextPart(TextFormat.Html));
        NoticeInsertion.Write(text, System.Text.Encoding.UTF8, notice.Text.ReplaceLineEndings("\r\n"));
        NoticeInsertion.Write(html, System.Text.Encoding.UTF8, notice.Html.ReplaceLineEndings("\r\n"));
        return new MultipartAlternative { text, html };
    }

    /// <summary>The first text and the first HTML that a reader shows.</summary>
    private static (TextPart? Text, TextPart? Html) Bodies(MimeEntity entity)
    {
        switch (entity)
        {
            case TextPart { IsAttachment: false } part when part.IsPlain:
                return (part, null);
            case TextPart { IsAttachment: false } part when part.IsHtml:
                return (null, part);
            case MultipartRelated { Root: { } root }:
                return Bodies(root);
            case MultipartAlternative alternative:
                return alternative
                    .Select(Bodies)
                    .Aggregate((all, next) => (all.Text ?? next.Text, all.Html ?? next.Html));
            case Multipart multipart:
                return multipart.Select(Bodies).FirstOrDefault(found => found is not (null, null));
            default:
                return (null, null);
        }
    }

    private static FormatOptions NewCrLfLines()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }
}
