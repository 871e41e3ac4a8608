using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Counts over a run, also when a fault ends it: then without the slice at hand.</summary>
internal sealed class PurgeCount
{
    /// <summary>Messages that one run sets aside; where more cannot be purged, something else is wrong than they.</summary>
    public const int MostStuck = 20;

    /// <summary>Pieces of one message that are tried alone before the rest of it is set aside untried.</summary>
    public const int MostPieces = 8;

    private readonly Dictionary<string, int> done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> setAside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> stuck = new(StringComparer.Ordinal);

    /// <summary>When the oldest thing that may still be there fell due; null where nothing is.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Blobs removed.</summary>
    public int Blobs { get; private set; }

    /// <summary>Due rows of a kind that are done.</summary>
    public int Of(string kind) => done.GetValueOrDefault(kind);

    /// <summary>Due rows of a kind that could not be purged.</summary>
    public int SetAsideOf(string kind) => setAside.GetValueOrDefault(kind);

    public void Add(Purged purged)
    {
        Blobs += purged.Blobs;
        foreach (var row in purged.Done)
        {
            done[row.Kind] = Of(row.Kind) + 1;
        }
    }

    /// <summary>A piece of a message could not be purged.</summary>
    /// <returns>False where too many messages cannot be.</returns>
    public bool Fail(string messageId)
    {
        stuck[messageId] = stuck.GetValueOrDefault(messageId) + 1;
        return stuck.Count <= MostStuck;
    }

    /// <summary>So many pieces of the message failed that the rest is not tried.</summary>
    public bool GivesUp(string messageId) => stuck.GetValueOrDefault(messageId) >= MostPieces;

    /// <summary>These wait for a later run.</summary>
    public void SetAside(IEnumerable<Due> rows)
    {
        foreach (var row in rows)
        {
            setAside[row.Kind] = SetAsideOf(row.Kind) + 1;
            Leave(row.FirstAt);
        }
    }

    /// <summary>Something that fell due then is still there.</summary>
    public void Leave(DateTimeOffset due) => Oldest = Oldest is { } oldest && oldest < due ? oldest : due;

    /// <summary>What the run came to.</summary>
    /// <param name="isThrough">All that was due was looked at.</param>
    public PurgeRun ToRun(bool isThrough) =>
        new(
            Of(DueKinds.Link),
            Of(DueKinds.Tombstone),
            Of(DueKinds.Content),
            Of(DueKinds.Audit),
            Blobs,
            isThrough && setAside.Count == 0
        )
        {
            Verdicts = Of(DueKinds.Verdict),
            SetAside = setAside.Values.Sum(),
        };
}
