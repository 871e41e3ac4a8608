using System.Globalization;
using System.Text.Json;

namespace TlsOrLink.Tests.Kit.Web;

/// <summary>An error as the API words it.</summary>
/// <param name="Field">Path of the field; null for the request.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SendGridError(string? Field, string Message);

/// <summary>The published rules of <c>POST /v3/mail/send</c>; <c>docs/sendgrid-facts.md</c> numbers them and names their sources.</summary>
public static partial class SendGridRules
{
    private const int MaxRecipients = 1000;
    private const int MaxCustomArgBytes = 10_000;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-sg-id",
        "x-sg-eid",
        "received",
        "dkim-signature",
        "Content-Type",
        "Content-Transfer-Encoding",
        "To",
        "From",
        "Subject",
        "Reply-To",
        "CC",
        "BCC",
    };

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "personalizations",
        "from",
        "reply_to",
        "reply_to_list",
        "subject",
        "content",
        "attachments",
        "template_id",
        "headers",
        "categories",
        "custom_args",
        "send_at",
        "batch_id",
        "asm",
        "ip_pool_name",
        "mail_settings",
        "tracking_settings",
    };

    /// <summary>All that a request offends against; empty where it is taken.</summary>
    public static IReadOnlyList<SendGridError> Check(JsonElement mail) =>
        mail.ValueKind != JsonValueKind.Object
            ? [new SendGridError(null, "Bad Request")]
            :
            [
                .. mail.EnumerateObject()
                    .Where(field => !Known.Contains(field.Name))
                    .Select(field => new SendGridError(field.Name, "Additional property is not allowed.")),
                .. From(mail),
                .. ReplyTo(mail),
                .. Personalizations(mail),
                .. Contents(mail),
                .. Attachments(mail),
                .. Headers(mail, "headers"),
            ];

    private static IEnumerable<SendGridError> Personalizations(JsonElement mail)
    {
        var all = Items(mail, "personalizations");
        var recipients = all.SelectMany(one => (string[])["to", "cc", "bcc"], Items).SelectMany(list => list).ToList();
        if (all.Count is 0 or > MaxRecipients || recipients.Count > MaxRecipients)
        {
            yield return new SendGridError("personalizations", "1 to 1000 personalizations and recipients.");
        }

        if (HasTwins(recipients.Select(EmailOf)))
        {
            yield return new SendGridError(
                "personalizations",
                "Each unique email address should only be included once."
            );
        }

        foreach (var (i, one) in all.Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"personalizations.{i}");
            if (Items(one, "to").Count == 0 || Items(one, "to").Any(to => !IsAddress(to)))
            {
                yield return new SendGridError($"{at}.to", "The to parameter is required for all personalizations.");
            }

            if (Items(one, "to").Any(to => Text(to, "name") is { } name && name.AsSpan().IndexOfAny(';', ',') >= 0))
            {
                yield return new SendGridError($"{at}.to", "Names cannot include ; or ,.");
            }

            foreach (var error in CustomArgs(one, at).Concat(Headers(one, $"{at}.headers", "headers")))
            {
                yield return error;
            }
        }

        if (Text(mail, "subject") is not { Length: > 0 } && all.Any(one => Text(one, "subject") is not { Length: > 0 }))
        {
            yield return new SendGridError("subject", "The subject is required.");
        }
    }

    private static IEnumerable<SendGridError> CustomArgs(JsonElement one, string at)
    {
        if (!one.TryGetProperty("custom_args", out var arguments))
        {
            yield break;
        }

        if (
            arguments.ValueKind != JsonValueKind.Object
            || !arguments.EnumerateObject().Any()
            || arguments.EnumerateObject().Any(value => value.Value.ValueKind != JsonValueKind.String)
        )
        {
            yield return new SendGridError($"{at}.custom_args", "All values must be strings, and there must be one.");
        }
        else if (arguments.GetRawText().Length > MaxCustomArgBytes)
        {
            yield return new SendGridError($"{at}.custom_args", "May not exceed 10,000 bytes.");
        }
    }

    private static IEnumerable<SendGridError> Headers(JsonElement holder, string at, string name = "headers")
    {
        if (!holder.TryGetProperty(name, out var headers))
        {
            yield break;
        }

        foreach (var header in headers.EnumerateObject())
        {
            if (Reserved.Contains(header.Name))
            {
                yield return new SendGridError(at, "Header can not be one of the reserved keys.");
            }

            if (header.Name.Length == 0 || !header.Name.All(c => c is > ' ' and < '\u007f'))
            {
                yield return new SendGridError(at, "Header keys can't contain non-ASCII characters and empty spaces.");
            }

            if (header.Value.ValueKind != JsonValueKind.String)
            {
                yield return new SendGridError(at, "The header values must be strings.");
            }
        }

        if (HasTwins(headers.EnumerateObject().Select(header => header.Name)))
        {
            yield return new SendGridError(at, "The headers can't contain duplicate keys.");
        }
    }

    private static bool IsAddress(JsonElement one) =>
        Text(one, "email") is { } email && email.IndexOf('@', StringComparison.Ordinal) > 0 && !email.EndsWith('@');

    private static string EmailOf(JsonElement one) => Text(one, "email") ?? "";

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private static bool HasTwins(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Any(group => group.Count() > 1);

    private static List<JsonElement> Items(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
