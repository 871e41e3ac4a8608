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

    /// <summary>The subscription of a row; null where it is gone.</summary>
    public Task<Subscription?> WhoseAsync(Due row, CancellationToken cancellation) =>
        subscriptions.FindAsync(row.MessageId, row.Id, cancellation);

    /// <summary>
    /// Ids of messages in which a subscription may have missed something, each once: those of its caller that were taken in the day, or in each of both, and all older
    /// ones that grew in it.
    /// </summary>
    public IAsyncEnumerable<string> MessagesAsync(Subscription subscription, CancellationToken cancellation) =>
        GrownAsync(subscription, cancellation).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// What happened in one of them from the making of the subscription on, until every instance knew it, and what it wants of that. Most of it is pushed already, or has
    /// a note: an order that is begun again is the same one.
    /// </summary>
    public async Task<IReadOnlyList<EventOrder>> FindAsync(
        Subscription subscription,
        string messageId,
        CancellationToken cancellation
    )
    {
        // Events are kept to the millisecond.
        var (from, end) = (CanonicalTime.Trim(subscription.CreatedAt), LastLook(subscription));
        EventOrder[] orders =
        [
            .. (await messages.EventsAsync(messageId, cancellation))
                .Where(entry => entry.At >= from && entry.At < end && subscription.Wants(entry.Kind))
                .Select(entry => EventOrder.Of(subscription, EventNote.Of(entry))),
        ];
        return
            orders.Length > 0
            && await messages.FindAsync(messageId, cancellation) is { } message
            && string.Equals(message.Caller, subscription.Caller, StringComparison.Ordinal)
            ? orders
            : [];
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

    private async IAsyncEnumerable<string> GrownAsync(
        Subscription subscription,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var (first, end) = (subscription.CreatedAt.UtcDateTime.Date, LastLook(subscription));
        for (var day = new DateTimeOffset(first, TimeSpan.Zero); day < end; day = day.AddDays(1))
        {
            await foreach (var id in index.CreatedAsync(subscription.Caller, day, day.AddDays(1), cancellation))
            {
                yield return id;
            }

            await foreach (var row in due.ListAsync(DueKinds.Head, day, day, cancellation))
            {
                if (row.At == day)
                {
                    yield return row.MessageId;
                }
            }
        }
    }
}
