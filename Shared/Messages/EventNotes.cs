using Azure;
using Azure.Data.Tables;
using TlsOrLink.Events;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>A message whose events are about to be written with notes.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="At">When its due row was written.</param>
internal sealed record Noting(string MessageId, DateTimeOffset At);

/// <summary>
/// The outbox of events: a note is in one batch with its event, and a due row, written before, leads to the message. So no event
/// is lost, whenever the process dies (<c>docs/decisions/050</c>). Where nobody watches, it costs nothing.
/// </summary>
internal sealed class EventNotes(TableServiceClient tables, DueTable due, IEventWatch watch, TimeProvider clock)
{
    /// <summary>A due row is written again where the batches of one write take longer.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    private readonly TableClient table = tables.GetTableClient(TableNames.Messages);

    /// <summary>Before a write: marks what is watched, and makes sure that its notes will be found.</summary>
    /// <returns>Null where there is nothing to tell.</returns>
    public async Task<Noting?> BeginAsync(IReadOnlyCollection<Row> rows, CancellationToken cancellation)
    {
        ChainedRow[] telling =
        [
            .. rows.OfType<ChainedRow>().Where(row => row.Recorded.Any(draft => EventNames.Of(draft.Kind) is not null)),
        ];
        if (telling.Length == 0 || await watch.ReadAsync(cancellation) is not { IsEmpty: false } watchers)
        {
            return null;
        }

        var id = telling[0].Entity.PartitionKey;
        var caller = Array.Find(telling, row => row.Caller.Length > 0)?.Caller ?? await CallerOfAsync(id, cancellation);
        var isWatched = false;
        foreach (var row in telling)
        {
            isWatched |= row.Mark(watchers, caller);
        }

        return isWatched ? await NoteAsync(id, cancellation) : null;
    }

    /// <summary>Before each further batch: the due row must not be taken for one whose notes were all found.</summary>
    public async Task<Noting?> RenewAsync(Noting? noting, CancellationToken cancellation) =>
        noting is not null && noting.At + Renewal < clock.GetUtcNow()
            ? await NoteAsync(noting.MessageId, cancellation)
            : noting;

    /// <summary>After a write.</summary>
    public void End(Noting? noting)
    {
        if (noting is not null)
        {
            watch.Hint(noting.MessageId);
        }
    }

    /// <summary>The first notes of a message, in one call.</summary>
    public async Task<IReadOnlyList<EventNote>> ListAsync(string id, int count, CancellationToken cancellation)
    {
        var (from, before) = (Keys.NotePrefix, Keys.After(Keys.NotePrefix));
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {id} and RowKey ge {from} and RowKey lt {before}"),
            maxPerPage: Math.Min(count, 1000),
            cancellationToken: cancellation
        );
        return await query.Take(count).Select(EventNote.Of).ToListAsync(cancellation);
    }

    /// <summary>Their pushing has begun. One that is gone already does not matter.</summary>
    public async Task RemoveAsync(IEnumerable<EventNote> notes, CancellationToken cancellation)
    {
        foreach (var note in notes)
        {
            await table.DeleteEntityAsync(note.MessageId, Keys.Note(note.Chain, note.Number), ETag.All, cancellation);
        }
    }

    /// <summary>One event; null where it is purged.</summary>
    public async Task<ChainEvent?> FindEventAsync(string id, string chain, int number, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            id,
            Keys.Event(chain, number),
            cancellationToken: cancellation
        );
        return row.HasValue ? ChainEvent.Of(row.Value!) : null;
    }

    private async Task<Noting> NoteAsync(string id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await due.InsertAsync(new Due(DueKinds.Event, now, id, id), cancellation);
        return new Noting(id, now);
    }

    /// <summary>Rows of before, and changes that do not hold all columns, do not say it.</summary>
    private async Task<string> CallerOfAsync(string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            id,
            Keys.Message,
            [nameof(MessageRow.Caller)],
            cancellation
        );
        return row.HasValue ? row.Value!.GetString(nameof(MessageRow.Caller)) ?? "" : "";
    }
}
