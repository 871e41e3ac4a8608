using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>
/// Begins the pushing of noted events: at once where this process wrote them, else when the timer comes by. Only when each is begun its note
/// goes, and one that is begun again is the same orchestration: none is lost, none is begun twice.
/// </summary>
internal sealed partial class EventPush(
    EventOutbox outbox,
    MissedEvents missed,
    SubscriptionBook book,
    ILogger<EventPush> logger
)
{
    /// <summary>Events of one message that a request or an activity begins by the way; the timer does the rest.</summary>
    private const int ByTheWay = 100;
    private const int AtOneTime = 500;
    private const int Concurrency = 16;

    /// <summary>Begins what this process has noted. Nothing that fails here is lost, so nothing is thrown.</summary>
    public async Task FlushAsync(DurableTaskClient client)
    {
        foreach (var id in book.TakeHints())
        {
            try
            {
                await PushSomeAsync(client, id, ByTheWay, CancellationToken.None);
            }
            catch (Exception fault)
            {
                LogLater(fault, id);
            }
        }
    }

    /// <summary>Begins all that is noted of one message.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away: the notes are still there.</exception>
    public async Task PushAsync(DurableTaskClient client, string messageId, CancellationToken cancellation)
    {
        while (await PushSomeAsync(client, messageId, AtOneTime, cancellation) == AtOneTime)
        {
            // There may be more.
        }
    }

    /// <summary>Begins what other instances wrote before they knew of a new subscription.</summary>
    /// <exception cref="TransientFault">Storage is away: the row is still there.</exception>
    public async Task LookBackAsync(DurableTaskClient client, Due row, CancellationToken cancellation)
    {
        if (await missed.WhoseAsync(row, cancellation) is { } subscription)
        {
            await Parallel.ForEachAsync(
                missed.MessagesAsync(subscription, cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                async (id, stop) =>
                {
                    try
                    {
                        await BeginAsync(client, await missed.FindAsync(subscription, id, stop), stop);
                    }
                    catch (Exception fault) when (fault is not (TransientFault or OperationCanceledException))
                    {
                        LogUnread(fault, id);
                    }
                }
            );
        }

        await missed.CloseAsync(row, cancellation);
    }

    private async Task<int> PushSomeAsync(
        DurableTaskClient client,
        string messageId,
        int count,
        CancellationToken cancellation
    )
    {
        var events = await outbox.ReadAsync(messageId, count, cancellation);
        await BeginAsync(client, events.Orders, cancellation);
        await outbox.ClearAsync(events, cancellation);
        return events.Notes.Count;
    }

    private static Task BeginAsync(
        DurableTaskClient client,
        IEnumerable<EventOrder> orders,
        CancellationToken cancellation
    ) =>
        Parallel.ForEachAsync(
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
            async (order, stop) =>
                await DeliveryStart.StartOnceAsync(client, nameof(DeliverEvent), order.Key, order, stop)
        );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id} could not be looked through for events that a new subscription missed; the others are"
    )]
    private partial void LogUnread(Exception fault, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of message {Id} are pushed later: the timer will")]
    private partial void LogLater(Exception fault, string id);
}
