using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Subscriptions;

/// <summary>What is to be begun of one message.</summary>
/// <param name="Notes">Notes that were read; removed once all orders are begun.</param>
/// <param name="Orders">Each event for each subscription that wants it.</param>
internal sealed record DueEvents(IReadOnlyList<EventNote> Notes, IReadOnlyList<EventOrder> Orders);

/// <summary>Reads the outbox of events and clears it when their pushing has begun.</summary>
internal sealed class EventOutbox(
    DueTable due,
    EventNotes notes,
    MessageTable messages,
    SubscriptionTable subscriptions,
    IOptions<StorageOptions> storage,
    TimeProvider clock
)
{
    /// <summary>For so long one run of the timer takes on messages, however many there are; the next goes on.</summary>
    public static readonly TimeSpan RunTime = TimeSpan.FromSeconds(50);

    /// <summary>Messages that may have something to tell, oldest first: one call for each 1,000. Ends with the run's time.</summary>
    public IAsyncEnumerable<Due> ListAsync(DateTimeOffset now, CancellationToken cancellation) =>
        due.ListAsync(DueKinds.Event, from: null, now, cancellation).TakeWhile(_ => clock.GetUtcNow() < now + RunTime);

    /// <summary>The first <paramref name="count"/> notes of a message. The subscriptions are read past every cache: what they do not want is dropped for good.</summary>
    public async Task<DueEvents> ReadAsync(string messageId, int count, CancellationToken cancellation)
    {
        var found = await notes.ListAsync(messageId, count, cancellation);
        if (found.Count == 0 || await messages.FindAsync(messageId, cancellation) is not { } message)
        {
            return new DueEvents([], []);
        }

        var wanting = await subscriptions.ListAsync(message.Caller, cancellation);
        return new DueEvents(
            found,
            [
                .. found.SelectMany(note =>
                    wanting.Where(one => one.Wants(note.Kind)).Select(one => EventOrder.Of(one, note))
                ),
            ]
        );
    }

    /// <summary>All orders of these notes are begun.</summary>
    public Task ClearAsync(DueEvents begun, CancellationToken cancellation) =>
        notes.RemoveAsync(begun.Notes, cancellation);

    /// <summary>
    /// Removes a due row whose notes are all read, unless it is so young that a write which began before may still be under way: then the next
    /// run looks again.
    /// </summary>
    public async Task CloseAsync(Due row, DateTimeOffset now, CancellationToken cancellation)
    {
        if (row.At + WriteTime.Of(storage.Value) <= now)
        {
            await due.DeleteAsync(row, cancellation);
        }
    }
}
