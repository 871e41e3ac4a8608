using System.Text.Json;

namespace TlsOrLink.Tests.Kit.Web;

/// <content>Who it is from.</content>
public static partial class SendGridRules
{
    private static IEnumerable<SendGridError> From(JsonElement mail)
    {
        if (!mail.TryGetProperty("from", out var from) || !IsAddress(from))
        {
            yield return new SendGridError("from", "The from object must be provided for every email send.");
        }
        else if (!from.GetRawText().All(c => c < 128) || from.GetRawText().Contains("\\u", StringComparison.Ordinal))
        {
            yield return new SendGridError("from", "Unicode encoding is not supported for the from field.");
        }
    }

    private static IEnumerable<SendGridError> ReplyTo(JsonElement mail)
    {
        var (one, many) = (mail.TryGetProperty("reply_to", out var single), Items(mail, "reply_to_list"));
        if (one && many.Count > 0)
        {
            yield return new SendGridError("reply_to_list", "reply_to and reply_to_list are mutually exclusive.");
        }

        if ((one && !IsAddress(single)) || many.Any(address => !IsAddress(address)) || HasTwins(many.Select(EmailOf)))
        {
            yield return new SendGridError("reply_to", "The reply_to object must have an email, each once.");
        }
    }
}
