using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Events;

/// <summary>
/// A row that owns a chain of events. <see cref="Record"/> what happens to it; whoever writes the row writes the events in the same
/// batch, so that neither is ever without the other.
/// </summary>
internal abstract class ChainedRow(TableEntity entity) : Row(entity)
{
    private readonly List<EventDraft> recorded = [];

    /// <summary><c>m</c>, or <c>r{n}</c> of recipient n.</summary>
    public abstract string Chain { get; }

    /// <summary>Name of the caller that owns the message; empty where this row does not say it.</summary>
    public abstract string Caller { get; set; }

    /// <summary>When intake took the message: a chain that grows on a later day must be found by the sealing of that day.</summary>
    public abstract DateTimeOffset CreatedAt { get; set; }

    /// <summary>Where the chain stands as read or last written.</summary>
    public ChainHead Head
    {
        get => ChainHead.Parse(Entity.TryGetValue(nameof(Head), out var text) ? text as string : null);
        set => Set(value.ToString());
    }

    /// <summary>What is to be written with the row, in order.</summary>
    public IReadOnlyList<EventDraft> Recorded => recorded;

    /// <summary>Rows that the next write of this one takes: itself, what was recorded, and the notes of what is watched.</summary>
    public int Size => 1 + recorded.Sum(draft => draft.IsWatched ? 2 : 1);

    /// <summary>What <see cref="Size"/> is where everything that can be watched is.</summary>
    public int LargestSize => 1 + recorded.Sum(draft => EventNames.Of(draft.Kind) is null ? 1 : 2);

    /// <summary>Marks what is watched.</summary>
    /// <param name="watchers">Who watches what.</param>
    /// <param name="caller">Name of the caller that owns the message; empty where it is not known.</param>
    /// <returns>There is something.</returns>
    public bool Mark(Watchers watchers, string caller)
    {
        for (var i = 0; i < recorded.Count; i++)
        {
            recorded[i] = recorded[i] with { IsWatched = watchers.Want(caller, recorded[i].Kind) };
        }

        return recorded.Exists(draft => draft.IsWatched);
    }

    /// <summary>Queues an event for the next write of this row.</summary>
    public void Record(EventDraft draft) => recorded.Add(draft);

    /// <summary>Drops what was recorded and not written: whoever decides anew records anew.</summary>
    public void Forget() => recorded.Clear();
}
