using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>A request of one row of the error table of the HTTP API, and what it must be answered with.</summary>
/// <param name="Row">The row, in the words of the table.</param>
/// <param name="Case">What is wrong in this very request.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Slug of the problem.</param>
/// <param name="Path">The field that is named; null where none is.</param>
/// <param name="Content">Makes the body.</param>
internal sealed record ErrorRow(
    string Row,
    string Case,
    int Status,
    string Type,
    string? Path,
    Func<HttpContent> Content
)
{
    public const string NotAllowed = "sender's domain not in the allowed list";
    public const string BadRequest =
        "bad address, no recipient, too many recipients, bad base64, CR or LF or NUL in a header value, unparsable MIME";
    public const string Loop = "our own mail coming back (loop header, or over 50 Received)";
    public const string TooLarge = "larger than the limit";
    public const string OtherType = "other content type";
    public const string Floor = "a looser option than the policy";

    /// <summary>Headers of the request beside those of its body.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public override string ToString() => $"{Row}: {Case}";

    /// <summary>A JSON body: the members of a sound message, with those of <paramref name="wrong"/> in place of its own.</summary>
    public static Func<HttpContent> Json(string wrong) =>
        () =>
        {
            var sound = JsonDocument.Parse(
                """{ "sender": "hanako@sender.example", "recipients": ["taro@partner.example"], "subject": "x", "body": { "text": "x" } }"""
            );
            var names = JsonDocument
                .Parse(wrong)
                .RootElement.EnumerateObject()
                .Select(member => member.Name)
                .ToHashSet();
            var kept = sound.RootElement.EnumerateObject().Where(member => !names.Contains(member.Name));
            var members = string.Join(',', kept.Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"));
            return Text($"{{{members}{(wrong.Trim() is "{}" ? "" : ",")}{wrong.Trim()[1..^1]}}}", "application/json");
        };

    /// <summary>A body as it stands.</summary>
    public static HttpContent Text(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    /// <summary>A raw message with more header lines.</summary>
    public static Func<HttpContent> Raw(
        string more = "",
        string from = "hanako@sender.example",
        string to = "taro@partner.example"
    ) => () => Text($"{more}From: {from}\r\nTo: {to}\r\nSubject: x\r\n\r\nx\r\n", "message/rfc822");

    /// <summary>A form with parts in place of those of a sound one.</summary>
    public static Func<HttpContent> Form(params (string Name, string Value)[] wrong) =>
        () =>
        {
            var form = new MultipartFormDataContent("boundary-of-the-form");
            (string Name, string Value)[] sound =
            [
                ("sender", "hanako@sender.example"),
                ("to", "taro@partner.example"),
                ("text", "x"),
            ];
            foreach (
                var (name, value) in sound.Where(part => wrong.All(other => other.Name != part.Name)).Concat(wrong)
            )
            {
                form.Add(new StringContent(value), $"\"{name}\"");
            }

            return form;
        };
}
