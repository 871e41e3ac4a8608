using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Subscriptions;

/// <summary>Pushes one event to one subscriber, once for each try; what it is told is read from the rows at that moment.</summary>
internal sealed partial class Notifications(
    SubscriptionTable subscriptions,
    SubscriptionBook book,
    MessageTable messages,
    EventNotes notes,
    Trail trail,
    EventPoster poster,
    IOptions<SubscriptionsOptions> options,
    TimeProvider clock,
    ILogger<Notifications> logger
)
{
    /// <summary>One try.</summary>
    /// <param name="order">What is pushed to whom.</param>
    /// <param name="attempt">From 0.</param>
    /// <param name="begun">When the first try was made.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How long to wait before the next try; null where there is none.</returns>
    /// <exception cref="Faults.TransientFault">Storage is away; run again.</exception>
    public async Task<TimeSpan?> TryAsync(
        EventOrder order,
        int attempt,
        DateTimeOffset begun,
        CancellationToken cancellation
    )
    {
        if (
            await subscriptions.FindAsync(order.Caller, order.Subscription, cancellation) is not { } subscription
            || await messages.FindAsync(order.MessageId, cancellation) is not { } message
            || !string.Equals(message.Caller, order.Caller, StringComparison.Ordinal)
            || await notes.FindEventAsync(order.MessageId, order.Chain, order.Number, cancellation) is not { } entry
        )
        {
            LogDropped(order.EventId, order.Subscription);
            return null;
        }

        using var span = Traces.Start("webhook", message.Trace, ActivityKind.Client);
        span?.SetTag(MeasureTags.MessageId, message.Id).SetTag(MeasureTags.Event, EventNames.Of(entry.Kind));
        var notification = EventNotification.Of(
            subscription,
            entry,
            message,
            await RecipientAsync(message, entry.Chain, cancellation)
        );
        var result = await poster.PostAsync(subscription, order.EventId, notification.ToJson(), cancellation);
        span?.SetTag(MeasureTags.Outcome, result.Fate is PostFate.Failed ? result.Reason : Measures.Word(result.Fate));
        Measures.Notifications.Add(
            1,
            new KeyValuePair<string, object?>(MeasureTags.Outcome, Measures.Word(result.Fate))
        );
        return await FollowAsync(order, subscription, result, attempt, begun, cancellation);
    }

    private async Task<TimeSpan?> FollowAsync(
        EventOrder order,
        Subscription subscription,
        PostResult result,
        int attempt,
        DateTimeOffset begun,
        CancellationToken cancellation
    )
    {
        switch (result.Fate)
        {
            case PostFate.Gone:
                await RemoveAsync(subscription, cancellation);
                LogGone(subscription.Id);
                return null;
            case PostFate.Taken:
                if (subscription.FailingSince is not null)
                {
                    await subscriptions.NoteAsync(subscription, since: null, failure: null, cancellation);
                }

                return null;
        }

        var now = clock.GetUtcNow();
        LogFailed(order.EventId, subscription.Id, attempt, result.Reason);
        if (subscription.FailingSince is null)
        {
            await subscriptions.NoteAsync(subscription, now, result.Reason, cancellation);
        }

        var wait = PostJudge.WaitAfter(attempt, result, now - begun, options.Value);
        if (wait is null)
        {
            await GiveUpAsync(order, subscription, result.Reason, attempt + 1, now, cancellation);
        }

        return wait;
    }

    private async Task GiveUpAsync(
        EventOrder order,
        Subscription subscription,
        string reason,
        int tries,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        LogGaveUp(order.EventId, subscription.Id, reason, tries);
        var told = EventDraft.Of(
            EventKinds.EventUndelivered,
            EventActors.Service,
            now,
            ("event", order.EventId),
            ("subscription", subscription.Id),
            ("reason", reason),
            ("tries", tries)
        );
        await trail.AppendAsync(
            order.MessageId,
            row =>
            {
                row.Record(told);
                return true;
            },
            cancellation
        );
        if (subscription.FailingSince + options.Value.FailingLife <= now)
        {
            await RemoveAsync(subscription, cancellation);
            LogRemoved(subscription.Id, reason);
        }
    }

    private async Task RemoveAsync(Subscription subscription, CancellationToken cancellation)
    {
        await subscriptions.DeleteAsync(subscription.Caller, subscription.Id, cancellation);
        book.Forget();
    }

    /// <summary>The recipient that an event is about; null where it is about the message.</summary>
    private async Task<RecipientRow?> RecipientAsync(
        MessageRow message,
        string chain,
        CancellationToken cancellation
    ) =>
        chain.StartsWith('r')
        && int.TryParse(chain.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var n)
        && await messages.RecipientsAsync(message.Id, message.Attempt, n, 1, cancellation) is [var row]
            ? row
            : null;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Event {Event} is not pushed to subscription {Subscription}: one of them is gone"
    )]
    private partial void LogDropped(string @event, string subscription);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Event {Event} was not taken by subscription {Subscription} in try {Attempt}: {Reason}"
    )]
    private partial void LogFailed(string @event, string subscription, int attempt, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Event {Event} was given up for subscription {Subscription} ({Reason}) after {Tries} tries"
    )]
    private partial void LogGaveUp(string @event, string subscription, string reason, int tries);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Subscription {Subscription} is removed: its subscriber answered 410"
    )]
    private partial void LogGone(string subscription);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Subscription {Subscription} is removed: it has taken nothing for Subscriptions:FailingLife ({Reason})"
    )]
    private partial void LogRemoved(string subscription, string reason);
}
