using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>
/// Schemas of what callers send. Bodies are read from the stream field by field, so no type of the code has their shape. Of several
/// shapes the first is what OpenAPI 2.0, which knows one, is told.
/// </summary>
internal static class RequestSchemas
{
    /// <summary>By name.</summary>
    public static JsonObject All =>
        new()
        {
            ["NewMessage"] = JsonText.Parse(Message),
            ["NewMessageForm"] = JsonText.Parse(Form),
            ["Addresses"] = JsonText.Parse(Addresses),
            ["Attachment"] = JsonText.Parse(Attachment),
            ["MessageOptions"] = JsonText.Parse(Options),
            ["CheckRequest"] = JsonText.Parse(Check),
            ["MessageSearch"] = JsonText.Parse(Search),
            ["Extension"] = JsonText.Parse(Extension),
            ["DomainRule"] = JsonText.Parse(DomainRule),
            ["NewSubscription"] = JsonText.Parse(Subscription),
            ["NewEventSubscription"] = JsonText.Parse(EventSubscription),
            ["SubscriptionSecret"] = JsonText.Parse(SubscriptionSecret),
            ["SendGridEventList"] = JsonText.Parse("""{ "type": "array", "items": { "type": "object" } }"""),
            ["InboundMail"] = JsonText.Parse(
                """{ "type": "object", "properties": { "envelope": { "type": "string" }, "email": { "type": "string" }, "headers": { "type": "string" }, "dkim": { "type": "string" } } }"""
            ),
            ["Passphrase"] = JsonText.Parse(
                """{ "type": "object", "required": ["partner"], "properties": { "partner": { "type": "string" }, "passphrase": { "type": "string" } } }"""
            ),
            [Schemas.Problem] = JsonText.Parse(Problem),
        };

    private const string Message = """
        { "type": "object", "required": ["sender", "recipients"], "properties": {
          "sender": { "type": "string", "format": "email", "description": "Address to send as; one of the caller's own." },
          "recipients": { "description": "Addresses, separated by ; or , as Outlook gives them.", "oneOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } },
            { "type": "object", "properties": { "to": { "$ref": "#/components/schemas/Addresses" },
              "cc": { "$ref": "#/components/schemas/Addresses" }, "bcc": { "$ref": "#/components/schemas/Addresses" } } }] },
          "subject": { "type": "string", "description": "Subject of the mail." },
          "body": { "type": "object", "description": "Text of the mail.", "properties": {
            "text": { "type": "string", "description": "As plain text." },
            "html": { "type": "string", "description": "As HTML." } } },
          "attachments": { "type": "array", "description": "Files.", "items": { "$ref": "#/components/schemas/Attachment" } },
          "options": { "$ref": "#/components/schemas/MessageOptions" } } }
        """;

    private const string Addresses = """
        { "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] }
        """;

    private const string Form = """
        { "type": "object", "required": ["sender"], "properties": {
          "sender": { "type": "string" }, "recipients": { "type": "string" }, "to": { "type": "string" }, "cc": { "type": "string" },
          "bcc": { "type": "string" }, "subject": { "type": "string" }, "text": { "type": "string" }, "html": { "type": "string" },
          "options": { "type": "string", "description": "JSON, as in the JSON form." },
          "attachments": { "type": "array", "items": { "type": "string", "format": "binary" } } } }
        """;

    private const string Attachment = """
        { "type": "object", "required": ["name"], "properties": {
          "name": { "type": "string", "description": "Name of the file." },
          "contentType": { "type": "string", "description": "Media type of the file." },
          "contentBytes": { "type": "string", "format": "byte", "description": "The file in base64." },
          "uploadId": { "type": "string", "description": "In place of contentBytes: the id of an upload session." },
          "contentId": { "type": "string", "description": "Under which the HTML shows it." },
          "isInline": { "type": "boolean", "description": "An image of the HTML." } } }
        """;

    private const string Options = """
        { "type": "object", "description": "Only stricter than the caller's policy.", "properties": {
          "route": { "type": "string", "enum": ["auto", "link"], "description": "How to send: link sends a download link in any case." },
          "tlsPolicy": { "type": "string", "enum": ["verified", "authenticated"], "description": "What the receiving server must prove before it gets the files." },
          "convertToBcc": { "type": "boolean", "description": "Hides recipients from each other." },
          "hold": { "description": "Minutes to wait before sending.", "oneOf": [
            { "type": "integer", "format": "int32", "minimum": 0, "maximum": 129600 }, { "type": "string", "enum": ["manual"] }] },
          "holdUntil": { "type": "string", "format": "date-time", "description": "Moment to send at, in place of hold." },
          "approvers": { "type": "array", "items": { "type": "string" }, "maxItems": 20, "description": "Names or addresses, one of whom must approve." },
          "reportTo": { "type": "string", "description": "Address that gets the report of delivery." },
          "link": { "type": "object", "description": "Of download links.", "properties": {
            "expiresInHours": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 2232, "description": "Life of the links." },
            "maxDownloads": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 1000, "description": "Downloads of each file." },
            "accessCode": { "type": "string", "description": "generate, passphrase, mail, or a code that you tell the recipient." },
            "notifyOnDownload": { "type": "boolean", "description": "Tells the sender of the first download." },
            "remindBeforeHours": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 336, "description": "Reminds the recipient so long before the end; 0 for never." },
            "mode": { "type": "string", "enum": ["page", "sas"], "description": "What the links lead to; sas only where the operator set it." },
            "bytes": { "type": "string", "enum": ["sas", "same-host"], "description": "Where the files come from: same-host for recipients whose company blocks storage hosts." },
            "protectBody": { "type": "boolean", "description": "The text goes behind the link too." } } } } }
        """;

    private const string Check = """
        { "type": "object", "required": ["recipients"], "properties": { "recipients": {
          "type": "array", "minItems": 1, "items": { "type": "string" }, "description": "Addresses or domains." } } }
        """;

    private const string Search = """
        { "type": "object", "properties": {
          "sender": { "type": "string", "description": "Address that sent it." },
          "recipient": { "type": "string", "description": "Address among its recipients." },
          "state": { "type": "string", "description": "State of the message.",
            "enum": ["stored", "held", "delivering", "completed", "cancelled", "rejected", "expired"] },
          "from": { "type": "string", "description": "A day or an instant: taken then or later." },
          "to": { "type": "string", "description": "A day or an instant: taken before." },
          "top": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 100, "description": "Most messages of a page." },
          "continuation": { "type": "string", "description": "Of the former page, with the same terms." } } }
        """;

    private const string Extension = """
        { "type": "object", "required": ["expiresInHours"], "properties": { "expiresInHours": {
          "type": "integer", "format": "int32", "minimum": 1, "maximum": 2232, "description": "Hours from now." } } }
        """;

    private const string Subscription = """
        { "type": "object", "required": ["url"], "properties": {
          "url": { "type": "string", "maxLength": 2048, "description": "HTTPS URL that takes the notifications." },
          "events": { "type": "array", "description": "Events to be told of; left out, all.", "items": { "type": "string", "enum": [
            "message.held", "recipient.delivered", "recipient.linked", "recipient.bounced", "link.opened", "link.downloaded", "link.expiring",
            "message.completed"] } },
          "secret": { "type": "string", "minLength": 16, "maxLength": 256, "description": "Signs the notifications; left out, one is made." },
          "includeAddresses": { "type": "boolean", "description": "With the addresses of sender and recipient; left out, true." } } }
        """;

    private const string SubscriptionSecret = """
        { "type": "object", "properties": {
          "secret": { "type": "string", "minLength": 16, "maxLength": 256, "description": "Signs the notifications; left out, one is made." } } }
        """;

    private const string EventSubscription = """
        { "type": "object", "required": ["url"], "properties": {
          "url": { "type": "string", "maxLength": 2048, "description": "HTTPS URL that takes the notifications.",
            "x-ms-notification-url": true, "x-ms-visibility": "internal" },
          "secret": { "type": "string", "minLength": 16, "maxLength": 256, "description": "Signs the notifications; left out, one is made.",
            "x-ms-visibility": "internal" },
          "includeAddresses": { "type": "boolean", "description": "With the addresses of sender and recipient; left out, true.",
            "x-ms-visibility": "advanced" } } }
        """;

    private const string DomainRule = """
        { "type": "object", "required": ["action"], "properties": {
          "action": { "type": "string", "enum": ["auto", "reject", "force-link", "require-tls", "internal"] },
          "minimum": { "type": ["string", "null"], "enum": ["encrypted", "verified", "authenticated", null] } } }
        """;

    private const string Problem = """
        { "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
          "type": { "type": "string", "description": "Stable slug to branch on." },
          "title": { "type": "string" },
          "status": { "type": "integer", "format": "int32" },
          "detail": { "type": "string", "description": "What is wrong and what to change." },
          "errors": { "type": "object", "description": "By path of the field.", "additionalProperties": {
            "type": "array", "items": { "type": "string" } } },
          "warnings": { "type": "array", "description": "Rules of messages that were met.", "items": { "$ref": "#/components/schemas/WarningView" } } } }
        """;
}
