using System.Text.Json;
using TlsOrLink.Events;
using TlsOrLink.Messages;

namespace TlsOrLink.Subscriptions;

/// <summary>What a subscriber is told of one event. Flat, since designers of flows offer its members by name; all members are always there.</summary>
/// <param name="Id">Of the event: the same for each try, so that a subscriber knows one that it has seen.</param>
/// <param name="Event">One of <see cref="EventNames"/>.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="SubscriptionId">To which this answers.</param>
/// <param name="MessageId">The message.</param>
/// <param name="MessageState">Its state as this is sent.</param>
/// <param name="MessageCreatedAt">When it was taken.</param>
/// <param name="Sender">Its sender; null where the subscription has no addresses.</param>
/// <param name="Recipient">Whom the event is about; null for events of the message, or where the subscription has no addresses.</param>
/// <param name="RecipientDomain">Domain of the recipient.</param>
/// <param name="RecipientState">State of the recipient as this is sent.</param>
/// <param name="Route">Route that was taken.</param>
/// <param name="PlannedRoute">Route of the first plan.</param>
/// <param name="Reason">Slug of why.</param>
/// <param name="Level">Level of TLS that the plan rested on.</param>
/// <param name="Host">Mail server that answered.</param>
/// <param name="TlsVersion">Version of TLS.</param>
/// <param name="HoldKind">What a held message waits for.</param>
/// <param name="HoldUntil">When its hold ends by itself.</param>
/// <param name="LinkId">Id of the link, which the routes of links take.</param>
/// <param name="LinkExpiresAt">When the link ends.</param>
/// <param name="OpenedBy">Who opened a link, as far as that can be seen.</param>
internal sealed record EventNotification(
    string Id,
    string Event,
    DateTimeOffset OccurredAt,
    string SubscriptionId,
    string MessageId,
    string MessageState,
    DateTimeOffset MessageCreatedAt,
    string? Sender,
    string? Recipient,
    string? RecipientDomain,
    string? RecipientState,
    string? Route,
    string? PlannedRoute,
    string? Reason,
    string? Level,
    string? Host,
    string? TlsVersion,
    string? HoldKind,
    DateTimeOffset? HoldUntil,
    string? LinkId,
    DateTimeOffset? LinkExpiresAt,
    string? OpenedBy
)
{
    /// <summary>Addresses are read from the rows at this moment: no note, no history and no event holds them.</summary>
    public static EventNotification Of(
        Subscription subscription,
        ChainEvent entry,
        MessageRow message,
        RecipientRow? recipient
    ) =>
        new(
            EventNote.IdOf(entry.MessageId, entry.Chain, entry.Number),
            EventNames.Of(entry.Kind) ?? entry.Kind,
            entry.At,
            subscription.Id,
            message.Id,
            Telemetry.Measures.Word(message.State),
            message.CreatedAt,
            subscription.IncludeAddresses ? message.Sender : null,
            subscription.IncludeAddresses ? recipient?.Address : null,
            recipient?.Domain,
            recipient is null ? null : Telemetry.Measures.Word(recipient.State),
            Fact(entry, "route"),
            Fact(entry, "planned"),
            Fact(entry, "reason"),
            Fact(entry, "level"),
            Fact(entry, "host"),
            Fact(entry, "tls"),
            Fact(entry, "kind"),
            entry.Kind is EventKinds.MessageHeld ? message.HoldUntil : null,
            Fact(entry, "link") ?? (recipient?.LinkIds is [var newest, ..] ? newest : null),
            recipient?.LinkExpiresAt,
            Fact(entry, "by")
        );

    /// <summary>UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    private static string? Fact(ChainEvent entry, string name) => entry.Data.GetValueOrDefault(name);
}
