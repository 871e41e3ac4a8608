using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Events;

/// <summary>One row and its new events on their way into a batch.</summary>
internal sealed class ChainWrite
{
    private readonly ChainedRow? owner;
    private readonly ChainHead before = ChainHead.None;

    /// <summary>Gives the recorded events their places; the row's head moves on.</summary>
    /// <param name="row">Any row; one that is no <see cref="ChainedRow"/> has no events.</param>
    /// <param name="key">The key of the chains.</param>
    public ChainWrite(Row row, ChainKey key)
    {
        Row = row;
        owner = row as ChainedRow;
        if (owner is null)
        {
            return;
        }

        before = owner.Head;
        List<ChainEvent> events = [];
        List<EventNote> notes = [];
        var head = before;
        foreach (var draft in owner.Recorded)
        {
            var entry = Next(head, draft, key);
            events.Add(entry);
            if (draft.IsWatched)
            {
                notes.Add(EventNote.Of(entry));
            }

            head = new ChainHead(entry.Number, entry.Mac, "");
        }

        Events = events;
        Notes = notes;
        if (events.Count > 0 || before == ChainHead.None)
        {
            owner.Head = head with
            {
                Seal = MaySeal(key) ? key.SealOf(MessageId, owner.Chain, head.Count, head.Mac) : "",
            };
        }
    }

    public Row Row { get; }

    public IReadOnlyList<ChainEvent> Events { get; } = [];

    /// <summary>What is to be pushed of the events.</summary>
    public IReadOnlyList<EventNote> Notes { get; } = [];

    /// <summary>Rows in the batch.</summary>
    public int Size => 1 + Events.Count + Notes.Count;

    private string MessageId => Row.Entity.PartitionKey;

    /// <summary>The row as <paramref name="type"/> says; events are inserted, never replaced.</summary>
    public IEnumerable<TableTransactionAction> Actions(TableTransactionActionType type) =>
        [
            new TableTransactionAction(type, Row.Entity, Row.ETag),
            .. Events.Select(entry => new TableTransactionAction(TableTransactionActionType.Add, entry.ToEntity())),
            .. Notes.Select(note => new TableTransactionAction(TableTransactionActionType.Add, note.ToEntity())),
        ];

    /// <summary>The batch was written.</summary>
    public void Done() => owner?.Forget();

    /// <summary>It was not, or nobody knows: the row is as it was.</summary>
    public void TakeBack()
    {
        if (owner is not null)
        {
            owner.Head = before;
        }
    }

    /// <summary>A stored head that our key did not seal is never sealed by the next event: that would heal what somebody cut.</summary>
    private bool MaySeal(ChainKey key) => Row.ETag == default || before.IsSealedBy(key, MessageId, owner!.Chain);

    private ChainEvent Next(ChainHead head, EventDraft draft, ChainKey key)
    {
        var entry = new ChainEvent(
            MessageId,
            owner!.Chain,
            head.Count + 1,
            CanonicalTime.Trim(draft.At),
            draft.Kind,
            draft.Actor,
            draft.Data,
            head.Mac,
            ""
        );
        return entry with { Mac = key.MacOf(entry) };
    }
}
