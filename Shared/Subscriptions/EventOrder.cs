using System.Globalization;
using System.Text.Json.Serialization;
using TlsOrLink.Events;

namespace TlsOrLink.Subscriptions;

/// <summary>One event for one subscription: input of the orchestration that pushes it, so names and shape are durable. Ids only.</summary>
/// <param name="Caller">Name of the caller.</param>
/// <param name="Subscription">Id.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Chain">Chain of the event.</param>
/// <param name="Number">Its number there.</param>
internal sealed record EventOrder(string Caller, string Subscription, string MessageId, string Chain, int Number)
{
    /// <summary>The same for the same order, so that it is begun once.</summary>
    [JsonIgnore]
    public string Key =>
        string.Create(CultureInfo.InvariantCulture, $"event-{Subscription}-{MessageId}-{Chain}-{Number}");

    /// <summary>See <see cref="EventNote.EventId"/>.</summary>
    [JsonIgnore]
    public string EventId => EventNote.IdOf(MessageId, Chain, Number);

    public static EventOrder Of(Subscription subscription, EventNote note) =>
        new(subscription.Caller, subscription.Id, note.MessageId, note.Chain, note.Number);
}
