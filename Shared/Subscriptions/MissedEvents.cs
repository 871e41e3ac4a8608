using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Subscriptions;

/// <summary>
/// Events that other instances wrote without a note, since they did not know of a new subscription yet. They are found in the trails of the day, as the
/// sealing of the day finds them, when no instance can be without the knowledge any more (<c>docs/decisions/083</c>).
/// </summary>
internal sealed class MissedEvents(
    DueTable due,
    IndexSearch index,
    MessageTable messages,
    SubscriptionTable subscriptions,
    IOptions<SubscriptionsOptions> options,
    IOptions<StorageOptions> storage
)
{
    /// <summary>Clocks of two instances are nearer to each other.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>Before a subscription is made: its first look comes as soon as every instance knows it.</summary>
    public Task ExpectAsync(Subscription subscription, CancellationToken cancellation) =>
        due.InsertAsync(Row(subscription, subscription.CreatedAt + options.Value.KnownWithin + Skew), cancellation);

    /// <summary>Subscriptions whose look has come, oldest first.</summary>
    public IAsyncEnumerable<Due> ListAsync(DateTimeOffset now, CancellationToken cancellation) =>
        due.ListAsync(DueKinds.Watch, from: null, now, cancellation);

    /// <summary>
    /// What happened from the making of a subscription on, until every instance knew it, and what it wants of that. Most of it is pushed already or has a note:
    /// an order that is begun again is the same one.
    /// </summary>
    /// <param name="row">One of those listed.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<EventOrder> FindAsync(
        Due row,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        if (await subscriptions.FindAsync(row.MessageId, row.Id, cancellation) is not { } subscription)
        {
            yield break;
        }

        // Events are kept to the millisecond.
        var (from, end) = (CanonicalTime.Trim(subscription.CreatedAt), LastLook(subscription));
        var grown = GrownAsync(subscription.Caller, from, end, cancellation);
        await foreach (var id in grown.Distinct(StringComparer.Ordinal).WithCancellation(cancellation))
        {
            foreach (var entry in await messages.EventsAsync(id, cancellation))
            {
                if (entry.At >= from && entry.At < end && subscription.Wants(entry.Kind))
                {
                    yield return EventOrder.Of(subscription, EventNote.Of(entry));
                }
            }
        }
    }

    /// <summary>
    /// All that was found is begun. A write that began before every instance knew the subscription may still be under way after the first look, so there is a
    /// second one; after that the row goes.
    /// </summary>
    public async Task CloseAsync(Due row, CancellationToken cancellation)
    {
        if (
            await subscriptions.FindAsync(row.MessageId, row.Id, cancellation) is { } subscription
            && row.At < LastLook(subscription)
        )
        {
            await due.InsertAsync(Row(subscription, LastLook(subscription)), cancellation);
        }

        // Where the second look stands in the same place, it has replaced this row: the ETag says so.
        await due.DeleteAsync(row, cancellation);
    }

    private static Due Row(Subscription subscription, DateTimeOffset at) =>
        new(DueKinds.Watch, at, subscription.Id, subscription.Caller);

    private DateTimeOffset LastLook(Subscription subscription) =>
        subscription.CreatedAt + options.Value.KnownWithin + WriteTime.Of(storage.Value);

    /// <summary>Messages of a caller whose chains may have grown: those taken in each of the days, and older ones that grew in it.</summary>
    private async IAsyncEnumerable<string> GrownAsync(
        string caller,
        DateTimeOffset from,
        DateTimeOffset end,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero); day < end; day = day.AddDays(1))
        {
            await foreach (var id in index.CreatedAsync(caller, day, day.AddDays(1), cancellation))
            {
                yield return id;
            }

            await foreach (var row in due.ListAsync(DueKinds.Head, day, day, cancellation))
            {
                if (
                    row.At == day
                    && await messages.FindAsync(row.MessageId, cancellation) is { } message
                    && string.Equals(message.Caller, caller, StringComparison.Ordinal)
                )
                {
                    yield return row.MessageId;
                }
            }
        }
    }
}
