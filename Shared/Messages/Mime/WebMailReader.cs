using System.Text;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>From MIME to a <see cref="WebMail"/>. Pure.</summary>
internal sealed class WebMailReader
{
    /// <summary>Fields that the provider writes itself, or that speak of an earlier hop.</summary>
    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Bcc",
        "Resent-Bcc",
        "Subject",
        "Date",
        "MIME-Version",
        "Received",
        "Return-Path",
        "TLS-Required",
        "DKIM-Signature",
        "Authentication-Results",
        "X-SG-ID",
        "X-SG-EID",
    };

    private readonly FileNames names = new();
    private readonly List<WebPart> parts = [];
    private string? text;
    private string? html;
    private bool isFaithful = true;

    /// <summary>As <see cref="Read"/>, from the bytes of a message.</summary>
    public static async Task<WebMail?> LoadAsync(Stream content, bool faithful, CancellationToken cancellation)
    {
        try
        {
            using var message = await MimeMessage.LoadAsync(content, cancellation);
            return Read(message, faithful);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads a message.</summary>
    /// <param name="message">As it would be sent.</param>
    /// <param name="faithful">
    /// True: null where the form would lose something (signed or encrypted, calendar, embedded messages, nested multiparts). False: what has no place of its own
    /// becomes an attachment.
    /// </param>
    public static WebMail? Read(MimeMessage message, bool faithful)
    {
        var reader = new WebMailReader();
        if (message.From.Mailboxes.FirstOrDefault() is not { } from || (faithful && !IsCarried(message)))
        {
            return null;
        }

        if (message.Body is { } body)
        {
            reader.Walk(body, isBody: true, depth: 0);
        }

        return faithful && !reader.isFaithful
            ? null
            : new WebMail(from.Name ?? "", from.Address, message.Subject ?? "")
            {
                ReplyTo = [.. message.ReplyTo.Mailboxes.Select(mailbox => mailbox.Address)],
                Text = reader.text,
                Html = reader.html,
                Headers = Fields(message),
                Parts = reader.parts,
            };
    }

    private static bool IsCarried(MimeMessage message) =>
        !MimeSplit.IsSealed(message) && message.From.Count == 1 && message.Subject is { Length: > 0 };

    private void Walk(MimeEntity entity, bool isBody, int depth)
    {
        switch (entity)
        {
            case Multipart multipart when IsKnown(multipart, isBody, depth):
                foreach (var (i, part) in multipart.Index())
                {
                    var first = i == 0 || multipart is MultipartAlternative;
                    Walk(part, isBody && first, depth + 1);
                }

                return;
            case TextPart { IsAttachment: false } plain when isBody && plain.IsPlain && text is null:
                text = plain.Text;
                return;
            case TextPart { IsAttachment: false } markup when isBody && markup.IsHtml && html is null:
                html = markup.Text;
                return;
            default:
                Attach(entity);
                return;
        }
    }

    /// <summary>The shapes that the form has a place for; any other is attached whole where nothing must be lost.</summary>
    private static bool IsKnown(Multipart multipart, bool isBody, int depth) =>
        multipart switch
        {
            MultipartAlternative or MultipartRelated => isBody,
            _ => depth == 0 && multipart.ContentType.IsMimeType("multipart", "*"),
        };

    private void Attach(MimeEntity entity)
    {
        var type = entity.ContentType.MimeType.ToLowerInvariant();
        var id = entity is MimePart { IsAttachment: false, ContentId: { Length: > 0 } cid } ? cid : null;
        isFaithful &=
            entity is MimePart
            && type is not ("text/calendar" or "application/ms-tnef")
            && (entity is not TextPart || entity.IsAttachment)
            && (entity.IsAttachment || id is not null);
        using var content = new MemoryStream();
        switch (entity)
        {
            case MimePart part:
                part.Content?.DecodeTo(content);
                break;
            case MessagePart { Message: { } embedded }:
                embedded.WriteTo(content);
                break;
            default:
                entity.WriteTo(content);
                type = "application/octet-stream";
                break;
        }

        if (content.Length > 0)
        {
            parts.Add(new WebPart(names.Next(NameOf(entity), type), type, content.ToArray(), id));
        }
    }

    private static string? NameOf(MimeEntity entity) => entity.ContentDisposition?.FileName ?? entity.ContentType.Name;

    private static Dictionary<string, string> Fields(MimeMessage message)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in message.Headers)
        {
            if (
                !LeftOut.Contains(field.Field)
                && !field.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                && !field.Field.StartsWith("ARC-", StringComparison.OrdinalIgnoreCase)
                && Ascii.IsValid(field.RawValue)
            )
            {
                fields.TryAdd(field.Field, Unfolded(field));
            }
        }

        return fields;
    }

    private static string Unfolded(Header field) =>
        Encoding
            .ASCII.GetString(field.RawValue)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal)
            .Trim();
}
