namespace TlsOrLink.Events;

/// <summary>The events that callers can subscribe to, and the kinds of the audit trail that each tells. Part of the API: rename none.</summary>
internal static class EventNames
{
    public const string Held = "message.held";
    public const string Delivered = "recipient.delivered";
    public const string Linked = "recipient.linked";
    public const string Bounced = "recipient.bounced";
    public const string Opened = "link.opened";
    public const string Downloaded = "link.downloaded";
    public const string Expiring = "link.expiring";
    public const string Completed = "message.completed";

    public static readonly IReadOnlyList<string> All =
    [
        Held,
        Delivered,
        Linked,
        Bounced,
        Opened,
        Downloaded,
        Expiring,
        Completed,
    ];

    /// <summary>The event that one of <see cref="EventKinds"/> is; null for what nobody can subscribe to.</summary>
    public static string? Of(string kind) =>
        kind switch
        {
            EventKinds.MessageHeld => Held,
            EventKinds.RecipientAccepted => Delivered,
            EventKinds.RecipientLinked => Linked,
            // Whoever waits for failures waits for all of them: the state in the notification tells them apart.
            EventKinds.RecipientBounced or EventKinds.RecipientUndeliverable or EventKinds.RecipientUnconfirmed =>
                Bounced,
            EventKinds.LinkOpened => Opened,
            EventKinds.LinkDownloaded => Downloaded,
            EventKinds.LinkExpiring => Expiring,
            EventKinds.MessageCompleted => Completed,
            _ => null,
        };
}
