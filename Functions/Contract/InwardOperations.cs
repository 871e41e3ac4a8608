using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Contract;

/// <summary>What comes in beside messages: uploads, and what providers tell.</summary>
internal static class InwardOperations
{
    private const string Json = "application/json";

    private static readonly Parameter[] Signature =
    [
        new("X-Twilio-Email-Event-Webhook-Signature", "header", "ECDSA over timestamp and body.", Required: true),
        new("X-Twilio-Email-Event-Webhook-Timestamp", "header", "Seconds since 1970.", Required: true),
    ];

    public static IEnumerable<Operation> All =>
        [
            new(
                typeof(OpenUpload),
                "Open an upload",
                "A URL for a file that is too large for one request, for Azure Blob storage's Put Blob or Put Block. A message then names the id."
            )
            {
                Replies = [new(201, "The session.", typeof(UploadView))],
                Refusals = [new(403, "role-missing"), new(429, "too-many-uploads")],
            },
            new(typeof(SendGridEvents), "Take events of SendGrid", "SendGrid's event webhook; rests on its signature.")
            {
                Parameters = Signature,
                Bodies = [new(Json, "SendGridEventList", "[]")],
                Replies = [new(200, "Taken.")],
                Refusals =
                [
                    new(400, "not-events"),
                    new(401, "signature-refused"),
                    new(413, "body-too-large"),
                    new(429, "too-many-unsigned"),
                ],
                IsOpen = true,
            },
            new(
                typeof(TakeInboundMail),
                "Take mail that comes in",
                "SendGrid Inbound Parse, raw or parsed; rests on its signature. What will never be taken is answered 200 too."
            )
            {
                Parameters = Signature,
                Bodies = [new("multipart/form-data", "InboundMail", "")],
                Replies = [new(200, "What became of it.", typeof(InboundView))],
                Refusals = [new(401, "signature-refused"), new(413, "body-too-large"), new(429, "too-many-unsigned")],
                IsOpen = true,
            },
        ];
}
