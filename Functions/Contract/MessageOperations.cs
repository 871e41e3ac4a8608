using TlsOrLink.Auditing;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Functions.Contract;

/// <summary>The operations on messages and links.</summary>
internal static class MessageOperations
{
    private const string Json = "application/json";

    private static readonly Refusal NoMessage = new(404, "not-found");
    private static readonly Refusal WrongQuery = new(400, "invalid-query");
    private static readonly Refusal NotHeld = new(409, "not-held");

    private static readonly Refusal[] OfIntake =
    [
        new(400, "invalid-message"),
        new(400, "mail-loop"),
        new(400, "policy-floor"),
        new(403, "sender-not-allowed"),
        new(409, "idempotency-conflict"),
        new(409, "upload-used"),
        new(409, "upload-changed"),
        new(413, "message-too-large"),
        new(415, "unsupported-media-type"),
        new(422, "message-rejected"),
        new(429, "too-many-messages"),
        new(429, "too-many-recipients"),
    ];

    private static readonly Parameter IdempotencyKey = new(
        "Idempotency-Key",
        "header",
        "1 to 255 visible ASCII characters: the same key with the same body sends once."
    );

    private static readonly Parameter Verify = new("verify", "query", "Also checks what is stored.", "boolean");

    private static readonly Body MessageJson = new(
        Json,
        "NewMessage",
        """
        { "sender": "hanako@sender.example", "recipients": "taro@partner.example", "subject": "Quotation",
          "body": { "text": "Please find it attached." },
          "attachments": [{ "name": "quotation.txt", "contentType": "text/plain", "contentBytes": "SGVsbG8=" }] }
        """
    );

    public static IEnumerable<Operation> All =>
        [
            new(
                typeof(PostMessage),
                "Take a message",
                "Takes a message for delivery. Location shows what becomes of it."
            )
            {
                Parameters =
                [
                    IdempotencyKey,
                    new("X-Envelope-From", "header", "Sender of a raw message; without it its From."),
                    new("X-Envelope-To", "header", "Recipients of a raw message; without it its To, Cc and Bcc."),
                ],
                Bodies =
                [
                    MessageJson,
                    new("multipart/form-data", "NewMessageForm", ""),
                    new(
                        "message/rfc822",
                        null,
                        "From: hanako@sender.example\nTo: taro@partner.example\nSubject: Quotation\n\nHello"
                    ),
                ],
                Replies = [Accepted("The message is stored and will not be lost.")],
                Refusals = OfIntake,
            },
            new(
                typeof(SendMessage),
                "Send a mail",
                "Sends a mail by verified TLS, or as a download link. Returns at once."
            )
            {
                Parameters = [IdempotencyKey],
                Bodies = [MessageJson],
                Replies = [Ok<MessageView>("The message is stored and will not be lost.")],
                Refusals = OfIntake,
                IsAction = true,
            },
            new(
                typeof(SendMessageAndWait),
                "Send a mail and wait",
                "Sends a mail and waits until it is delivered, held or to be tried again, ten minutes at most."
            )
            {
                Parameters = [IdempotencyKey],
                Bodies = [MessageJson],
                Replies = [Accepted("The message is stored; Location answers 200 when the wait is over.")],
                Refusals = OfIntake,
                IsAction = true,
            },
            new(typeof(GetMessage), "Get the state of a message", "Shows a message and each of its recipients.")
            {
                Replies = [Ok<MessageView>("The message.")],
                Refusals = [NoMessage],
                IsAction = true,
            },
            new(
                typeof(GetOperation),
                "Follow a message",
                "Where Location points: 202 while the message is not finished, then 200."
            )
            {
                Parameters =
                [
                    new("ticket", "query", "Stands in Location, in place of a key."),
                    new("bounded", "query", "Answers 200 too where a wait would be long.", "boolean"),
                ],
                Replies =
                [
                    Ok<MessageView>("The message is finished, or the wait is over."),
                    Accepted("The message is not finished."),
                ],
                Refusals = [NoMessage, WrongQuery],
            },
            new(
                typeof(GetMessageEvents),
                "Get the audit trail of a message",
                "What happened to a message, oldest first."
            )
            {
                Parameters = [Verify],
                Replies = [Ok<TrailView>("The events.")],
                Refusals = [NoMessage, WrongQuery],
            },
            Decision(
                typeof(ReleaseMessage),
                "Release a held message",
                "Ends the hold of one's own message: it is sent now.",
                NotHeld,
                new(409, "needs-approval")
            ),
            Decision(
                typeof(CancelMessage),
                "Cancel a held message",
                "Ends the hold of one's own message: it is never sent.",
                NotHeld
            ),
            Decision(
                typeof(ApproveMessage),
                "Approve a message",
                "Lets another caller's message go. Needs the role approver.",
                NotHeld,
                new(409, "needs-release"),
                new(403, "sender-may-not-approve")
            ),
            Decision(
                typeof(RejectMessage),
                "Reject a message",
                "Stops another caller's message. Needs the role approver.",
                NotHeld,
                new(409, "needs-release"),
                new(403, "sender-may-not-approve")
            ),
            new(
                typeof(RecallMessage),
                "Recall a message",
                "Stops what is not sent, revokes every link, and says what it could not do."
            )
            {
                Replies = [Ok<RecallView>("What could and could not be recalled.")],
                Refusals = [NoMessage],
                IsAction = true,
            },
        ];

    private static Operation Decision(Type function, string title, string text, params Refusal[] refusals) =>
        new(function, title, text)
        {
            Replies = [Accepted("It is decided.")],
            Refusals = [NoMessage, .. refusals],
            IsAction = true,
        };

    private static Reply Ok<T>(string text) => new(200, text, typeof(T));

    private static Reply Accepted(string text) =>
        new(202, text, typeof(MessageView)) { Headers = ["Location", "Retry-After"] };
}
