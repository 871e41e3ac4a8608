using TlsOrLink.Events;

namespace TlsOrLink.Auditing;

/// <summary>What is wrong with a sealed day.</summary>
/// <param name="MessageId">The message; empty where the day itself is meant.</param>
/// <param name="Chain">Its chain.</param>
/// <param name="Number">The sealed event.</param>
/// <param name="Kind"><c>head</c>, <c>previous</c>, <c>gone</c> or <c>altered</c>.</param>
internal sealed record DayDefect(string MessageId, string Chain, int Number, string Kind);

/// <summary>Holds what is stored against a sealed day: this finds rows that were put back as a whole to an earlier state.</summary>
internal sealed class DayVerifier(DayBlobs days, AuditTrails trails, ChainKey key)
{
    /// <summary>All defects of a sealed day. Reads each of its messages once.</summary>
    /// <param name="head">As stored.</param>
    /// <param name="day">Its day.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<DayDefect>> VerifyAsync(
        DayHead head,
        DateTimeOffset day,
        CancellationToken cancellation
    )
    {
        List<DayDefect> defects = [];
        var leaves = await days.LeavesAsync(head.Day, cancellation).ToListAsync(cancellation);
        if (DayHead.Of(head.Day, leaves, head.Previous, key) != head)
        {
            defects.Add(new DayDefect("", "", 0, "head"));
        }

        var before = await days.FindHeadAsync(Days.NameOf(day.AddDays(-1)), cancellation);
        if (!string.Equals(before?.Root ?? "", head.Previous, StringComparison.Ordinal))
        {
            defects.Add(new DayDefect("", "", 0, "previous"));
        }

        foreach (var message in leaves.GroupBy(leaf => leaf.MessageId, StringComparer.Ordinal))
        {
            var events = await trails.EventsAsync(message.Key, cancellation);
            defects.AddRange(Compare(message, events));
        }

        return defects;
    }

    /// <summary>Sealed events that are gone (also at the end of the audit period), or are others now. Pure.</summary>
    public static IEnumerable<DayDefect> Compare(IEnumerable<DayLeaf> leaves, IReadOnlyList<ChainEvent> events)
    {
        var stored = events.ToLookup(entry => (entry.Chain, entry.Number), entry => entry.Mac);
        foreach (var leaf in leaves)
        {
            var macs = stored[(leaf.Chain, leaf.Number)].ToList();
            if (!macs.Contains(leaf.Mac, StringComparer.Ordinal))
            {
                yield return new DayDefect(
                    leaf.MessageId,
                    leaf.Chain,
                    leaf.Number,
                    macs.Count == 0 ? "gone" : "altered"
                );
            }
        }
    }
}
