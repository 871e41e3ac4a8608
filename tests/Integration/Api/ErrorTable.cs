using static TlsOrLink.Tests.Integration.Api.ErrorRow;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>The error table of the HTTP API, row by row, in each form of body that it concerns.</summary>
internal static class ErrorTable
{
    private const string Wrong = "invalid-message";

    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [.. NotAllowedRows, .. Addresses, .. HeaderValues, .. Bodies, .. LoopRows, .. TypeRows, .. FloorRows];

    private static IEnumerable<ErrorRow> NotAllowedRows =>
        [
            new(NotAllowed, "JSON", 403, "sender-not-allowed", null, Json("""{ "sender": "a@elsewhere.example" }""")),
            new(NotAllowed, "form", 403, "sender-not-allowed", null, Form(("sender", "a@elsewhere.example"))),
            new(NotAllowed, "raw, in From", 403, "sender-not-allowed", null, Raw(from: "a@elsewhere.example")),
            new(NotAllowed, "raw, in the envelope", 403, "sender-not-allowed", null, Raw())
            {
                Headers = [("X-Envelope-From", "a@elsewhere.example")],
            },
        ];

    private static IEnumerable<ErrorRow> Addresses =>
        [
            Bad("an address in JSON", "recipients[1]", Json("""{ "recipients": ["a@b.example", "taro at x"] }""")),
            Bad(
                "an address under cc",
                "recipients.cc[0]",
                Json("""{ "recipients": { "to": ["a@b.example"], "cc": ["x"] } }""")
            ),
            Bad("an address as Outlook writes it", "recipients[1]", Json("""{ "recipients": "a@b.example; taro" }""")),
            Bad("an address of a form", "to[0]", Form(("to", "taro"))),
            Bad("the envelope's address", "X-Envelope-To[0]", Raw()) with
            {
                Headers = [("X-Envelope-To", "taro")],
            },
            Bad("the sender", "sender", Json("""{ "sender": "hanako" }""")),
            Bad("no recipient in JSON", "recipients", Json("""{ "recipients": [] }""")),
            Bad("no recipient as Outlook writes it", "recipients", Json("""{ "recipients": " ; " }""")),
            Bad("no recipient in a raw message", "To", Raw(to: "undisclosed-recipients:;")),
            Bad(
                "too many recipients in JSON",
                "recipients[100]",
                Json($$"""{ "recipients": [{{Many(",", "\"")}}] }""")
            ),
            Bad("too many recipients in a form", "to", Form(("to", Many(";", "")))),
            Bad("too many recipients in the envelope", "X-Envelope-To", Raw()) with
            {
                Headers = [("X-Envelope-To", Many(",", ""))],
            },
        ];

    private static IEnumerable<ErrorRow> HeaderValues =>
        from control in new[]
        {
            "\\r\\nBcc: x@y.example",
            "\\n",
            "\\r",
            "\\u0000",
            "\\u2028",
            "\\u2029",
            "\\u0085",
            "\\u001b",
        }
        from row in new[]
        {
            Bad($"{control} in the subject", "subject", Json($$"""{ "subject": "a{{control}}b" }""")),
            Bad($"{control} in the sender", "sender", Json($$"""{ "sender": "hanako{{control}}@sender.example" }""")),
            Bad(
                $"{control} in a recipient",
                "recipients[0]",
                Json($$"""{ "recipients": ["taro@x.example{{control}}"] }""")
            ),
            Bad(
                $"{control} in a file's name",
                "attachments[0].name",
                File($$""" "name": "a{{control}}b", "contentBytes": "" """)
            ),
            Bad(
                $"{control} in a file's type",
                "attachments[0].contentType",
                File($$""" "name": "a", "contentType": "text/plain{{control}}", "contentBytes": "" """)
            ),
        }
        select row;

    private static IEnumerable<ErrorRow> Bodies =>
        [
            Bad("bad base64", "attachments[0].contentBytes", File(""" "name": "a", "contentBytes": "SGVsbG8" """)),
            Bad(
                "bad base64 under Outlook's name",
                "attachments[0].ContentBytes",
                File(""" "Name": "a", "ContentBytes": "SGV*" """)
            ),
            Bad("a file without content", "attachments[0].contentBytes", File(""" "name": "a" """)),
            Bad(
                "a field twice",
                "subject",
                () =>
                    Text(
                        """{ "sender": "hanako@sender.example", "subject": "a", "subject": "b" }""",
                        "application/json"
                    )
            ),
            Bad(
                "one file's field in both letter cases",
                "attachments[0].Name",
                File(""" "name": "a", "Name": "b", "contentBytes": "" """)
            ),
            Bad("an unknown field", "subjekt", Json("""{ "subjekt": "x" }""")),
            Bad("nesting without end", "$", () => Text(new string('[', 100_000), "application/json")),
            Bad(
                "deep nesting in a field",
                "body",
                () =>
                    Text(
                        $$"""{ "sender": "hanako@sender.example", "body": {{new string('[', 5_000)}}{{new string(']', 5_000)}} }""",
                        "application/json"
                    )
            ),
            Bad("no JSON", "$", () => Text("hello", "application/json")),
            Bad(
                "JSON that is cut off",
                "recipients",
                () => Text("""{ "sender": "hanako@sender.example", "recipients": """, "application/json")
            ),
            Bad(
                "a form that is cut off",
                "$",
                () =>
                    Text(
                        "--b\r\nContent-Disposition: form-data; name=\"sender\"\r\n\r\nhana",
                        "multipart/form-data; boundary=b"
                    )
            ),
            Bad("a form without boundary", "Content-Type", () => Text("x", "multipart/form-data")),
            Bad("no header section", "header", () => Text("hello\r\n\r\nworld", "message/rfc822")),
            Bad("a NUL in the header", "header", Raw("X-A: a\0b\r\n")),
            Bad("a bare CR in the header", "header", Raw("X-A: a\rb\r\n")),
            Bad("a bad key of idempotency", "Idempotency-Key", Json("{}")) with
            {
                Headers = [("Idempotency-Key", "a b")],
            },
        ];

    private static IEnumerable<ErrorRow> LoopRows =>
        [
            new(Loop, "the loop header", 400, "mail-loop", null, Raw("X-TlsOrLink-Loop: 1\r\n")),
            new(
                Loop,
                "51 Received",
                400,
                "mail-loop",
                null,
                Raw(string.Concat(Enumerable.Repeat("Received: by a.example\r\n", 51)))
            ),
        ];

    private static IEnumerable<ErrorRow> TypeRows =>
        from type in new[]
        {
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "multipart/mixed; boundary=b",
        }
        select new ErrorRow(OtherType, type, 415, "unsupported-media-type", null, () => Text("{}", type));

    private static IEnumerable<ErrorRow> FloorRows =>
        [
            new(
                Floor,
                "tlsPolicy",
                400,
                "policy-floor",
                "options.tlsPolicy",
                Json("""{ "options": { "tlsPolicy": "encrypted" } }""")
            ),
        ];

    private static ErrorRow Bad(string what, string path, Func<HttpContent> content) =>
        new(BadRequest, what, 400, Wrong, path, content);

    private static Func<HttpContent> File(string members) => Json($$"""{ "attachments": [{ {{members}} }] }""");

    private static string Many(string separator, string quote) =>
        string.Join(separator, Enumerable.Range(0, 101).Select(n => $"{quote}a{n}@b.example{quote}"));
}
