using MimeKit;
using MimeKit.Cryptography;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// What of a message is its body, and what is a file. The body is text, HTML, the images that HTML shows (multipart/related with a
/// Content-ID), a calendar part among alternatives, and the machine part of a report; all else is a file.
/// </summary>
internal static class MimeSplit
{
    /// <summary>Something in the message is signed or encrypted (S/MIME, PGP/MIME): changing it would break it.</summary>
    public static bool IsSealed(MimeMessage message) => message.Body is { } body && IsSealed(body);

    /// <summary>Takes the files out of the message and gives them in their order; the message keeps its body.</summary>
    public static IReadOnlyList<MimeEntity> TakeOut(MimeMessage message)
    {
        List<MimeEntity> files = [];
        if (message.Body is not { } body || (body is not Multipart && IsFile(body, parent: null)))
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
            TakeOut(multipart, files);
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

    private static void TakeOut(Multipart multipart, List<MimeEntity> files)
    {
        foreach (var child in multipart.ToList())
        {
            if (child is Multipart inner)
            {
                TakeOut(inner, files);
                if (inner.Count == 0)
                {
                    multipart.Remove(inner);
                }
            }
            else if (IsFile(child, multipart))
            {
                files.Add(child);
                multipart.Remove(child);
            }
        }
    }

    private static bool IsFile(MimeEntity entity, Multipart? parent)
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

        if (parent is MultipartRelated && !string.IsNullOrEmpty(entity.ContentId))
        {
            return !(type.IsMimeType("image", "*") || (IsText(type) && !hasName));
        }

        if (parent is MultipartAlternative && type.IsMimeType("text", "calendar"))
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
