using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Routing;

namespace TlsOrLink.Messages;

/// <summary>
/// A mail that the service writes itself: a bounce, a report, a reminder. It goes out with an empty reverse-path, marked as automatic (RFC 3834)
/// and with the loop header; it may go at any TLS level, so it must hold nothing confidential unless it says so (<see cref="Plan"/>).
/// </summary>
/// <param name="To">Its one recipient.</param>
/// <param name="Language">The language of its text.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text, lines of any line end.</param>
internal sealed record OwnMail(MailAddress To, MailLanguage Language, string Subject, string Text)
{
    /// <summary>An HTML document or fragment, already encoded, without images and scripts; null for text alone.</summary>
    public string? Html { get; init; }

    /// <summary>What it holds is secret: it goes by this plan of route <c>tls</c>, enforced, or not at all. Null (default): at any level.</summary>
    public RoutePlan? Plan { get; init; }

    /// <summary>It answers a mail (<c>auto-replied</c>); else it was made by itself (<c>auto-generated</c>).</summary>
    public bool IsReply { get; init; }

    /// <summary>Message-ID of the mail that it is about, with angle brackets; null for none.</summary>
    public string? About { get; init; }

    /// <summary>What follows the text.</summary>
    public IReadOnlyList<OwnMailPart> Parts { get; init; } = [];

    /// <summary>The type of a <c>multipart/report</c> (RFC 6522), such as <c>delivery-status</c>; null for an ordinary mail.</summary>
    public string? ReportType { get; init; }
}

/// <summary>A part of an <see cref="OwnMail"/> behind its text.</summary>
/// <param name="ContentType">Such as <c>text/csv; charset=utf-8</c>.</param>
/// <param name="Content">Its bytes, decoded.</param>
internal sealed record OwnMailPart(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>Makes it an attachment of that name; null for a part of the report itself.</summary>
    public string? FileName { get; init; }
}

/// <summary>Which mail of ours is to be written: ids alone, since orders stand in durable histories.</summary>
/// <param name="Kind">Slug of an <see cref="IOwnMailSource"/>.</param>
/// <param name="MessageId">The message that it is about.</param>
/// <param name="N">Number of the recipient that it is about; -1 for the message as a whole.</param>
/// <param name="Serial">Tells several of one kind apart, such as the round or the day.</param>
public sealed record OwnMailOrder(string Kind, string MessageId, int N = -1, int Serial = 0)
{
    /// <summary>The same for the same order: part of the Message-ID and of the orchestration's id.</summary>
    internal string Key =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{MessageId}~{Kind}~{N}~{Serial}");
}

/// <summary>Writes the mails of one kind.</summary>
internal interface IOwnMailSource
{
    /// <summary>Slug, durable: running orchestrations name it.</summary>
    string Kind { get; }

    /// <summary>The mail, the same however often it is asked for; null where there is nothing to say (any more).</summary>
    /// <exception cref="TransientFault">Storage is away; asked again later.</exception>
    /// <exception cref="PermanentFault">It can never be written.</exception>
    Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation);
}
