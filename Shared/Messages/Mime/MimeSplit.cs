using MimeKit;
using MimeKit.Cryptography;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// What of a message is its body, and what is a file. The body is text, HTML, the images that its HTML shows, an invitation that is an
/// alternative of the text or the whole message, and the machine part of a report; all else is a file (<c>docs/mime.md</c>).
/// </summary>
internal static class MimeSplit
{
    /// <summary>Something in the message is signed or encrypted (S/MIME, PGP/MIME): changing it would break it.</summary>
    public static bool IsSealed(MimeMessage message) =>
        message.Body is { } body
        && (
            IsSealed(body)
            // Gateways that do not know S/MIME relabel it; the name then tells (RFC 8551 section 3.9).
            || (body is MimePart part && part.FileName?.EndsWith(".p7m", StringComparison.OrdinalIgnoreCase) == true)
        );

    /// <summary>Takes the files out of the message and gives them in their order; the message keeps its body.</summary>
    public static IReadOnlyList<MimeEntity> TakeOut(MimeMessage message)
    {
        List<MimeEntity> files = [];
        var shown = ShownImages.Of(message.Body);
        if (message.Body is not { } body || (body is not Multipart && IsFile(body, parent: null, shown)))
        {
            if (message.Body is { } file)
            {
                files.Add(file);
            }

            message.Body = EmptyText();
            return files;
        }

        if (body is Multipart multipart)
        {
            TakeOut(multipart, files, shown);
            if (multipart.Count == 0)
            {
                message.Body = EmptyText();
            }
        }

        return files;
    }

    /// <summary>The name that the message gives a file; null where it gives none.</summary>
    public static string? NameOf(MimeEntity entity) =>
        entity switch
        {
            MimePart part => part.FileName,
            MessagePart => entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? SubjectOf(entity),
            _ => null,
        };

    /// <summary>The text of the body, HTML where there is no other.</summary>
    public static string Text(MimeMessage message) => message.TextBody ?? message.HtmlBody ?? "";

    /// <summary>A body of no text.</summary>
    public static MimeEntity EmptyText() => new TextPart("plain") { Text = "" };

    private static string? SubjectOf(MimeEntity entity) =>
        (entity as MessagePart)?.Message?.Subject is { Length: > 0 } subject ? $"{subject}.eml" : null;

    private static bool IsSealed(MimeEntity entity) =>
        entity switch
        {
            MultipartSigned or MultipartEncrypted or ApplicationPkcs7Mime => true,
            Multipart multipart => multipart.Any(IsSealed),
            _ => entity.ContentType.IsMimeType("application", "pgp-encrypted")
                || entity.ContentType.IsMimeType("application", "x-pkcs7-mime"),
        };

    private static void TakeOut(Multipart multipart, List<MimeEntity> files, ShownImages shown)
    {
        foreach (var child in multipart.ToList())
        {
            if (child is Multipart inner)
            {
                TakeOut(inner, files, shown);
                if (inner.Count == 0)
                {
                    multipart.Remove(inner);
                }
            }
            else if (IsFile(child, multipart, shown))
            {
                files.Add(child);
                multipart.Remove(child);
            }
        }
    }

    private static bool IsFile(MimeEntity entity, Multipart? parent, ShownImages shown)
    {
        var type = entity.ContentType;
        if (entity.IsAttachment || entity is MessagePart)
        {
            return true;
        }

        var hasName = !string.IsNullOrEmpty(NameOf(entity));
        if (IsReport(parent))
        {
            return !(IsMachinePart(type) || (IsText(type) && !hasName));
        }

        if (type.IsMimeType("image", "*") && shown.Has(entity))
        {
            return false;
        }

        if (parent is null or MultipartAlternative && type.IsMimeType("text", "calendar"))
        {
            return false;
        }

        return hasName || !IsText(type);
    }

    private static bool IsText(ContentType type) =>
        type.IsMimeType("text", "plain")
        || type.IsMimeType("text", "html")
        || type.IsMimeType("text", "enriched")
        || type.IsMimeType("text", "x-amp-html");

    /// <summary>What programs read of a report (RFC 3464, 8098, 6533, 5965, 3886).</summary>
    private static bool IsMachinePart(ContentType type) =>
        type.IsMimeType("message", "delivery-status")
        || type.IsMimeType("message", "disposition-notification")
        || type.IsMimeType("message", "global-delivery-status")
        || type.IsMimeType("message", "global-disposition-notification")
        || type.IsMimeType("message", "feedback-report")
        || type.IsMimeType("message", "tracking-status");

    private static bool IsReport(Multipart? parent) => parent?.ContentType.IsMimeType("multipart", "report") ?? false;
}
