using System.Globalization;
using System.Text.Json;

namespace TlsOrLink.Tests.Kit.Web;

/// <content>Texts and files.</content>
public static partial class SendGridRules
{
    private static IEnumerable<SendGridError> Contents(JsonElement mail)
    {
        var contents = Items(mail, "content");
        var types = contents.Select(content => Text(content, "type") ?? "").ToList();
        if (contents.Count == 0 || contents.Any(c => Text(c, "value") is not { Length: > 0 }))
        {
            yield return new SendGridError("content", "There must be at least one content block with a value.");
        }

        if (types.Any(type => type.Length == 0 || type.AsSpan().IndexOfAny(";\r\n") >= 0))
        {
            yield return new SendGridError("content", "A content type is required and cannot contain ; or CRLF.");
        }

        if (types.IndexOf("text/plain") > 0 || (types.Contains("text/html") && types.IndexOf("text/html") > 1))
        {
            yield return new SendGridError("content", "text/plain needs to be first, followed by text/html.");
        }
    }

    private static IEnumerable<SendGridError> Attachments(JsonElement mail)
    {
        foreach (var (i, file) in Items(mail, "attachments").Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"attachments.{i}");
            if (Text(file, "content") is not { Length: > 0 } content || !IsBase64(content))
            {
                yield return new SendGridError($"{at}.content", "The attachment content must be base64 encoded.");
            }

            if (Text(file, "filename") is not { } name || name.AsSpan().IndexOfAny(";,\r\n") >= 0)
            {
                yield return new SendGridError($"{at}.filename", "A filename is required, without ; , or CRLF.");
            }

            if (Text(file, "type") is { } type && (type.Length == 0 || type.AsSpan().IndexOfAny(";,\r\n") >= 0))
            {
                yield return new SendGridError($"{at}.type", "The type can't contain ';', or CRLF characters.");
            }

            if (Text(file, "disposition") is { } disposition and not ("inline" or "attachment"))
            {
                yield return new SendGridError($"{at}.disposition", $"Either inline or attachment, not {disposition}.");
            }

            if (Text(file, "content_id") is { } id && id.AsSpan().IndexOfAny(";\r\n") >= 0)
            {
                yield return new SendGridError($"{at}.content_id", "The content ID can't contain CRLF characters.");
            }
        }
    }
}
