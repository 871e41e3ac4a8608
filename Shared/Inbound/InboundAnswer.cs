using TlsOrLink.Callers;
using TlsOrLink.Domains;

namespace TlsOrLink.Inbound;

/// <summary>What became of a request to the hook.</summary>
internal enum InboundResult
{
    /// <summary>Signature, age or repetition say that it is not to be believed; nothing was kept.</summary>
    Unsigned,

    /// <summary>Larger than allowed; nothing was kept.</summary>
    TooLarge,

    /// <summary>It is a message now, or was one before.</summary>
    Accepted,

    /// <summary>It is genuine, and will never be taken.</summary>
    Refused,

    /// <summary>A report on mail of ours.</summary>
    Noted,

    /// <summary>Nothing that concerns us.</summary>
    Ignored,
}

/// <summary>What is answered.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Reason">Slug.</param>
internal sealed record InboundAnswer(InboundResult Result, string Reason)
{
    /// <summary>Id of the message that it became; null for none.</summary>
    public string? MessageId { get; init; }

    /// <summary>What is wrong and what to change, of a refusal; empty where there is nothing to say.</summary>
    public string Detail { get; init; } = "";

    /// <summary>A recipient whose sender is to be told that the mail came back; null for none.</summary>
    public (string MessageId, int N)? Bounced { get; init; }

    /// <summary>Id of the refusal of which the author is to be told by mail; null where that is not safe.</summary>
    public string? Tell { get; init; }

    /// <summary>A refusal for good.</summary>
    public static InboundAnswer Refuse(string reason, string detail = "") =>
        new(InboundResult.Refused, reason) { Detail = detail };
}

/// <summary>A request to the hook.</summary>
/// <param name="Body">Read once.</param>
/// <param name="ContentType">Of the request.</param>
/// <param name="ContentLength">Null where it is chunked.</param>
/// <param name="Timestamp">Header of that name; null where absent.</param>
/// <param name="Signature">Header of that name; null where absent.</param>
/// <param name="Form">Takes the form apart.</param>
internal sealed record InboundRequest(
    Stream Body,
    string? ContentType,
    long? ContentLength,
    string? Timestamp,
    string? Signature,
    Messages.FormReading Form
);

/// <summary>A mail whose author is who it says, and may send.</summary>
/// <param name="Content">The whole mail; seekable.</param>
/// <param name="Caller">In whose name it is sent.</param>
/// <param name="Author">Address of its From field.</param>
/// <param name="Recipients">Whom it is for.</param>
/// <param name="Key">The same mail has the same: it is sent once.</param>
internal sealed record InboundLetter(
    Stream Content,
    Caller Caller,
    MailAddress Author,
    IReadOnlyList<MailAddress> Recipients,
    string Key
);
