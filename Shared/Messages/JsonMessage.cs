using System.Text;
using MimeKit;
using MimeKit.Utils;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages;

/// <summary>Lays the parts of a JSON request out as a MIME message (RFC 2045, 2046, 2387).</summary>
internal sealed record JsonMessage(
    MailboxAddress Sender,
    JsonRecipients Recipients,
    string Subject,
    DateTimeOffset Date,
    JsonPart? Text,
    JsonPart? Html,
    IReadOnlyList<JsonPart> Attachments
)
{
    /// <summary>The sections of the message in order: headers made here, and the parts' own.</summary>
    public IEnumerable<StagedSection> Sections(StagedContent content)
    {
        // An image can only stand within HTML.
        JsonPart[] inline = Html is null ? [] : [.. Attachments.Where(IsInline)];
        var files = Attachments.Except(inline);
        var body = Body(inline);
        var root = files.Any() ? new Multi("mixed", [body, .. files.Select(File)]) : body;
        return root.Write(content, Header());
    }

    private static bool IsInline(JsonPart part) => part is { IsInline: true, ContentId.Length: > 0 };

    private Node Body(JsonPart[] inline)
    {
        if (Html is null)
        {
            return TextNode("plain", Text);
        }

        Node html = TextNode("html", Html);
        html = inline.Length > 0 ? new Multi("related", [html, .. inline.Select(File)]) : html;
        return Text is null ? html : new Multi("alternative", [TextNode("plain", Text), html]);
    }

    private static Leaf TextNode(string subtype, JsonPart? part) =>
        new(
            $"Content-Type: text/{subtype}; charset={part?.Charset ?? "utf-8"}\r\nContent-Transfer-Encoding: base64\r\n",
            part?.Content
        );

    private static Leaf File(JsonPart part)
    {
        var type = TypeOf(part);
        if (part.Name.Length > 0)
        {
            type.Parameters.Add(new Parameter("name", part.Name) { EncodingMethod = ParameterEncodingMethod.Rfc2047 });
        }

        using var mime = new MimePart(type)
        {
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(
                part.IsInline ? ContentDisposition.Inline : ContentDisposition.Attachment
            ),
        };
        if (part.Name.Length > 0)
        {
            mime.ContentDisposition.FileName = part.Name;
        }

        if (part.ContentId.Length > 0)
        {
            mime.ContentId = part.ContentId;
        }

        return new Leaf(Write(mime.Headers, international: false), part.Content);
    }

    /// <summary>A container type cannot hold base64 (RFC 2046 section 5): its bytes go as bytes.</summary>
    private static ContentType TypeOf(JsonPart part) =>
        part.ContentType.Length > 0
        && ContentType.TryParse(part.ContentType, out var type)
        && !type.IsMimeType("multipart", "*")
        && !type.IsMimeType("message", "*")
            ? new ContentType(type.MediaType, type.MediaSubtype) { Charset = type.Charset }
            : new ContentType("application", "octet-stream");

    private string Header()
    {
        using var message = new MimeMessage();
        message.From.Add(Sender);
        message.To.AddRange(Recipients.To);
        message.Cc.AddRange(Recipients.Cc);
        if (Recipients.To.Count == 0)
        {
            message.To.Add(new GroupAddress("undisclosed-recipients"));
        }

        message.Subject = Subject;
        message.Date = Date;
        message.MessageId = MimeUtils.GenerateMessageId(Envelope.Address(Sender, "sender").Domain.Name);
        message.Headers[HeaderId.MimeVersion] = "1.0";
        var international = message.GetRecipients().Append(Sender).Any(NeedsUtf8);
        return Write(message.Headers, international);
    }

    private static bool NeedsUtf8(MailboxAddress mailbox) =>
        MailAddress.TryParse(mailbox.Address, out var address) && address.NeedsSmtpUtf8;

    private static string Write(HeaderList headers, bool international)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = international;
        using var stream = new MemoryStream();
        headers.WriteTo(format, stream);
        // Without the empty line that ends a header section.
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length - 2);
    }

    private abstract record Node
    {
        public abstract IEnumerable<StagedSection> Write(StagedContent content, string before);
    }

    private sealed record Leaf(string Header, StagedSection? Content) : Node
    {
        public override IEnumerable<StagedSection> Write(StagedContent content, string before) =>
            [content.Literal($"{before}{Header}\r\n"), .. Content is null ? [] : new[] { Content }];
    }

    private sealed record Multi(string Subtype, IReadOnlyList<Node> Parts) : Node
    {
        public override IEnumerable<StagedSection> Write(StagedContent content, string before)
        {
            // No base64 line can hold it.
            var boundary = $"=-{Guid.NewGuid():n}";
            var start = $"{before}Content-Type: multipart/{Subtype}; boundary=\"{boundary}\"\r\n\r\n";
            return
            [
                .. Parts.SelectMany((part, n) => part.Write(content, $"{(n == 0 ? start : "\r\n")}--{boundary}\r\n")),
                content.Literal($"\r\n--{boundary}--\r\n"),
            ];
        }
    }
}
