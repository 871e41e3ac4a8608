using TlsOrLink.Events;
using TlsOrLink.Messages;

namespace TlsOrLink.Auditing;

/// <summary>The audit trail of one message, as stored.</summary>
/// <param name="Message">The message's row.</param>
/// <param name="Heads">By chain, what its owner's row says.</param>
/// <param name="Events">Oldest first.</param>
internal sealed record AuditTrail(
    MessageRow Message,
    IReadOnlyDictionary<string, ChainHead> Heads,
    IReadOnlyList<ChainEvent> Events
);

/// <summary>Reads audit trails.</summary>
internal sealed class AuditTrails(MessageTable messages, ChainKey key)
{
    /// <summary>The trail of a message, in two queries for each 1,000 rows; null where there is no such message.</summary>
    public async Task<AuditTrail?> FindAsync(string id, CancellationToken cancellation)
    {
        if (await messages.PartitionAsync(id, cancellation) is not { } partition)
        {
            return null;
        }

        var events = await messages.EventsAsync(id, cancellation);
        return new AuditTrail(partition.Message, Heads(partition), InOrder(events));
    }

    /// <summary>The events alone, also of a message that is half gone; oldest first.</summary>
    public async Task<IReadOnlyList<ChainEvent>> EventsAsync(string id, CancellationToken cancellation) =>
        InOrder(await messages.EventsAsync(id, cancellation));

    /// <summary>What is wrong with a trail. One that grew while it was read is read again before it is accused.</summary>
    public async Task<IReadOnlyList<ChainDefect>> VerifyAsync(AuditTrail trail, CancellationToken cancellation)
    {
        var defects = Verify(trail);
        return defects.Count > 0 && await FindAsync(trail.Message.Id, cancellation) is { } again
            ? Verify(again)
            : defects;
    }

    /// <summary>Whoever owns the table may have put rows there that are none of ours: they own no chain.</summary>
    private static Dictionary<string, ChainHead> Heads(MessagePartition partition)
    {
        Dictionary<string, ChainHead> heads = new(StringComparer.Ordinal) { ["m"] = partition.Message.Head };
        foreach (var row in partition.Recipients.Where(row => row.HasOwnKey))
        {
            heads[row.Chain] = row.Head;
        }

        return heads;
    }

    private IReadOnlyList<ChainDefect> Verify(AuditTrail trail) =>
        ChainVerifier.Verify(key, trail.Message.Id, trail.Heads, trail.Events);

    private static IReadOnlyList<ChainEvent> InOrder(IEnumerable<ChainEvent> events) =>
        [
            .. events
                .OrderBy(entry => entry.At)
                .ThenBy(entry => entry.Chain, StringComparer.Ordinal)
                .ThenBy(entry => entry.Number),
        ];
}
