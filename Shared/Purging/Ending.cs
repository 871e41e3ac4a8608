using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>What is due of one message, and what was read of it on the way.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Links">Due rows of its links, at most <see cref="Most"/>.</param>
/// <param name="Contents">Due rows of its content.</param>
internal sealed record Ending(string MessageId, IReadOnlyList<Due> Links, IReadOnlyList<Due> Contents)
{
    /// <summary>More links of one message are ended in several pieces.</summary>
    public const int Most = 100;

    /// <summary>The links as they are; fewer than due rows where some are gone.</summary>
    public IReadOnlyList<LinkRow> Found { get; set; } = [];

    /// <summary>The message; null where it is gone, or nothing that is due needs it.</summary>
    public MessageRow? Message { get; set; }

    /// <summary>The rows of the recipients whose links are over, and no others: all endings of a slice are in memory at a time.</summary>
    public IReadOnlyList<RecipientRow> Recipients { get; set; } = [];

    /// <summary>Those of them that are to be told expired, with what is to be written.</summary>
    public IReadOnlyList<RecipientRow> Expired { get; set; } = [];

    /// <summary>Links that are over: an extended one has a later due row of its own.</summary>
    public IReadOnlyList<LinkRow> Over(DateTimeOffset now) => [.. Found.Where(link => link.ExpiresAt <= now)];

    /// <summary>By message, the links of one in pieces; what is due of its content goes with the last of them.</summary>
    public static IEnumerable<Ending> Of(IEnumerable<Due> rows)
    {
        foreach (var message in rows.GroupBy(row => row.MessageId, StringComparer.Ordinal))
        {
            Due[] contents = [.. message.Where(row => row.Kind is DueKinds.Content)];
            var pieces = message.Where(row => row.Kind is DueKinds.Link).Chunk(Most).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                yield return new Ending(message.Key, pieces[i], i == pieces.Count - 1 ? contents : []);
            }

            if (pieces.Count == 0)
            {
                yield return new Ending(message.Key, [], contents);
            }
        }
    }
}
