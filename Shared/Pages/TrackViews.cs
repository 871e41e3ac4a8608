using TlsOrLink.Auditing;
using TlsOrLink.Events;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Messages of a caller as a list.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Messages">Newest first.</param>
/// <param name="Query">What was searched for; empty for nothing.</param>
/// <param name="Older">There may be more after this entry; null where there are not.</param>
internal sealed record TrackList(
    Visitor Visitor,
    IReadOnlyList<MessagePartition> Messages,
    string Query,
    IndexEntry? Older
);

/// <summary>One message with everything that is known of it.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Found">The rows.</param>
/// <param name="Trail">Its events.</param>
/// <param name="Links">By id.</param>
/// <param name="Now">States of links are judged at.</param>
internal sealed record TrackedMessage(
    Visitor Visitor,
    MessagePartition Found,
    AuditTrail Trail,
    IReadOnlyDictionary<string, LinkRow> Links,
    DateTimeOffset Now
)
{
    /// <summary>The last wish could not be fulfilled.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>What a delivery certificate rests on.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Found">The rows.</param>
/// <param name="Trail">Its events.</param>
/// <param name="Defects">What is wrong with the trail; empty where it is intact.</param>
/// <param name="At">When it was verified.</param>
internal sealed record Certificate(
    Visitor Visitor,
    MessagePartition Found,
    AuditTrail Trail,
    IReadOnlyList<ChainDefect> Defects,
    DateTimeOffset At
);
