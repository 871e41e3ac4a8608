using TlsOrLink.Events;

namespace TlsOrLink.Messages;

/// <summary>The hold of a message. It is ended by changing this row by its ETag; events only wake the orchestration.</summary>
internal sealed partial class MessageRow
{
    private const char Comma = ',';

    /// <summary>What the message waits, or waited, for; null where it was never held.</summary>
    public HoldKind? HoldKind
    {
        get => Word<HoldKind>();
        set => SetWord(value);
    }

    /// <summary>Delivery does not begin before; null where time plays no part.</summary>
    public DateTimeOffset? HoldUntil
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>Names of the approvers; empty for every approver of the sender.</summary>
    public IReadOnlyList<string> Approvers
    {
        get => Get<string>()?.Split(Comma, StringSplitOptions.RemoveEmptyEntries) ?? [];
        set => Set(value.Count == 0 ? null : string.Join(Comma, value));
    }

    /// <summary>Who decided last: <c>caller:name</c>, <c>approver:name</c> or <c>service</c>; null before.</summary>
    public string? DecidedBy
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>When that was.</summary>
    public DateTimeOffset? DecidedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>The <see cref="DecidedAt"/> that the orchestration has seen; null before.</summary>
    public DateTimeOffset? DecisionSeenAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>When the approvers were asked; null before.</summary>
    public DateTimeOffset? ApproversAskedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>A decision was made that the orchestration has not seen.</summary>
    public bool HasNews => DecidedAt is { } decided && !(DecisionSeenAt >= decided);

    /// <summary>An orchestration that starts now has to look at the hold first.</summary>
    public bool StartsHeld => HoldKind is not null && State != MessageState.Delivering;

    /// <summary>From when on it may be sent: the end of its hold, else intake. What was held for a week is not given up at once.</summary>
    public DateTimeOffset ReleasedAt => HoldKind is null ? CreatedAt : DecidedAt ?? CreatedAt;

    /// <summary>Nothing was sent, and nothing may be until the hold ends.</summary>
    public bool IsHeld => State == MessageState.Held;

    /// <summary>Writes the order into a row that is not stored yet; null for none.</summary>
    public void Hold(HoldOrder? order)
    {
        if (order is null)
        {
            return;
        }

        HoldKind = order.Kind;
        HoldUntil = order.NotBefore(CreatedAt);
        Approvers = order.Approvers;
        Record(
            EventDraft.Of(
                EventKinds.MessageHeld,
                EventActors.Service,
                CreatedAt,
                ("kind", order.Kind),
                ("until", HoldUntil),
                ("approvers", string.Join(Comma, order.Approvers))
            )
        );
    }
}
