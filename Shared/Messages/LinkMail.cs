using MimeKit;
using MimeKit.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>What stands above the body of a link mail.</summary>
/// <param name="Text">Plain text, lines of any line end.</param>
/// <param name="Html">An HTML fragment, already encoded.</param>
internal sealed record LinkNotice(string Text, string Html)
{
    /// <summary>Takes the place of the subject where the body is protected; null leaves no subject.</summary>
    public string? Subject { get; init; }
}

/// <summary>Makes a link mail of a message without its files. Pure but for changing the message that it is given.</summary>
internal static class LinkMail
{
    /// <summary>As on the wire.</summary>
    public static readonly FormatOptions CrLfLines = NewCrLfLines();

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
        "Authentication-Results",
        "DomainKey-Signature",
    ];

    /// <summary>All that a mail keeps whose body is protected: the others may say what the body says (Subject, Thread-Topic, Keywords).</summary>
    private static readonly HashSet<string> KeptOfProtected = new(StringComparer.OrdinalIgnoreCase)
    {
        "Return-Path",
        "Received",
        "Date",
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Auto-Submitted",
        "Precedence",
        RawHeader.LoopField,
    };

    /// <summary>Puts the notice above the body, in text and in HTML where both are; all else stays as it is.</summary>
    /// <param name="stripped">From <see cref="MessageBlobs.LoadStrippedAsync"/>; changed and returned.</param>
    /// <param name="notice">In the message's language.</param>
    /// <param name="loop">Value of the loop header, such as the message id.</param>
    /// <param name="protectBody">The notice takes the place of the body.</param>
    public static MimeMessage Compose(MimeMessage stripped, LinkNotice notice, string loop, bool protectBody)
    {
        Cleaned(stripped, loop);
        if (protectBody)
        {
            return Protected(stripped, notice);
        }

        if (stripped.Body is null)
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

    /// <summary>Without the fields that must not go, or are no longer true of a message that was written anew; marked as ours.</summary>
    public static MimeMessage Cleaned(MimeMessage message, string loop)
    {
        foreach (var field in LeftOut)
        {
            message.Headers.RemoveAll(field);
        }

        message.Headers.Replace(RawHeader.LoopField, loop);
        return message;
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

    private static MimeMessage Protected(MimeMessage message, LinkNotice notice)
    {
        for (var i = message.Headers.Count - 1; i >= 0; i--)
        {
            if (!KeptOfProtected.Contains(message.Headers[i].Field))
            {
                message.Headers.RemoveAt(i);
            }
        }

        if (notice.Subject is { } subject)
        {
            message.Subject = subject;
        }

        message.Body = Alone(notice);
        return message;
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
