using Microsoft.Extensions.Logging;
using TlsOrLink.Events;
using TlsOrLink.Storage;

namespace TlsOrLink.Auditing;

/// <summary>Seals days that are over, each on top of the one before it.</summary>
internal sealed partial class DaySealer(
    GrownMessages grown,
    AuditTrails trails,
    DayBlobs days,
    DueTable due,
    ChainKey key,
    ILogger<DaySealer> logger
)
{
    /// <summary>Events of a day may be written a little after it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>Seals every day since the last one sealed, up to yesterday; the first time yesterday alone. It may be killed and run again.</summary>
    /// <returns>The heads that this run made, oldest first.</returns>
    public async Task<IReadOnlyList<DayHead>> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var today = Days.Of(now - Grace);
        var marks = await due.WatermarksAsync(cancellation);
        var day = marks.TryGetValue(DueKinds.Head, out var mark) ? mark : today.AddDays(-1);
        List<DayHead> heads = [];
        for (; day < today; day = day.AddDays(1))
        {
            heads.Add(await SealAsync(day, cancellation));
        }

        return heads;
    }

    private async Task<DayHead> SealAsync(DateTimeOffset day, CancellationToken cancellation)
    {
        var name = Days.NameOf(day);
        var head = await days.FindHeadAsync(name, cancellation) ?? await NewAsync(day, name, cancellation);
        await foreach (var row in due.ListAsync(DueKinds.Head, from: null, day, cancellation))
        {
            await due.DeleteAsync(row, cancellation);
        }

        await due.MoveWatermarksAsync([DueKinds.Head], day.AddDays(1), cancellation);
        LogSealed(name, head.Chains, head.Root);
        return head;
    }

    private async Task<DayHead> NewAsync(DateTimeOffset day, string name, CancellationToken cancellation)
    {
        List<DayLeaf> leaves = [];
        await foreach (var id in grown.OfAsync(day, isSealed: false, cancellation))
        {
            leaves.AddRange(await LeavesAsync(id, day, cancellation));
        }

        var before = await days.FindHeadAsync(Days.NameOf(day.AddDays(-1)), cancellation);
        var head = DayHead.Of(name, leaves, before?.Root ?? "", key);
        await days.SealAsync(head, leaves, cancellation);
        return await days.FindHeadAsync(name, cancellation) ?? head;
    }

    /// <summary>The chains of a message that grew that day. A trail that is not whole is sealed as it is, and reported: no row of a message may keep a day unsealed.</summary>
    private async Task<IEnumerable<DayLeaf>> LeavesAsync(string id, DateTimeOffset day, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } trail)
        {
            foreach (var defect in await trails.VerifyAsync(trail, cancellation))
            {
                LogDefect(id, defect.Chain, defect.Number, defect.Kind);
            }

            return Leaves(trail.Events, day);
        }

        // Without a message and events it is an entry of the index alone: intake died, or the audit period is over.
        var events = await trails.EventsAsync(id, cancellation);
        if (events.Count > 0)
        {
            LogDefect(id, "m", 0, ChainVerifier.OwnerMissing);
        }

        return Leaves(events, day);
    }

    /// <summary>Null where the rows of the message are gone, or somebody changed the type of a column.</summary>
    private async Task<AuditTrail?> FindAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await trails.FindAsync(id, cancellation);
        }
        catch (InvalidCastException)
        {
            return null; // said as a missing owner
        }
    }

    /// <summary>The last event of each chain that has one in <paramref name="day"/>. Pure.</summary>
    public static IEnumerable<DayLeaf> Leaves(IEnumerable<ChainEvent> events, DateTimeOffset day) =>
        events
            .Where(entry => entry.At >= day && entry.At < day.AddDays(1))
            .GroupBy(entry => entry.Chain, StringComparer.Ordinal)
            .Select(chain => chain.MaxBy(entry => entry.Number)!)
            .Select(last => new DayLeaf(last.MessageId, last.Chain, last.Number, last.Mac));

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit day {Day} is sealed: {Chains} chains, root {Root}")]
    private partial void LogSealed(string day, int chains, string root);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit trail of message {Id} is not whole: chain {Chain}, event {Number}, {Kind}"
    )]
    private partial void LogDefect(string id, string chain, int number, string kind);
}
