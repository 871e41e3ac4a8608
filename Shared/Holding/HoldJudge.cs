using TlsOrLink.Events;
using TlsOrLink.Messages;

namespace TlsOrLink.Holding;

/// <summary>What somebody wants to happen to a held message.</summary>
internal enum Decision
{
    /// <summary>Its sender sends it now.</summary>
    Release,

    /// <summary>Its sender takes it back.</summary>
    Cancel,

    /// <summary>An approver lets it go.</summary>
    Approve,

    /// <summary>An approver refuses it.</summary>
    Reject,
}

/// <summary>What a decision does.</summary>
internal enum Ruling
{
    /// <summary>The row is changed and is to be written.</summary>
    Done,

    /// <summary>The very same was decided by the very same before: a request that was sent again.</summary>
    Repeated,

    /// <summary>The message is not held any more.</summary>
    NotHeld,

    /// <summary>It waits for approval, not for release.</summary>
    NeedsApproval,

    /// <summary>It waits for release, not for approval.</summary>
    NeedsRelease,
}

/// <summary>Judges holds. Pure but for changing the row that it is given.</summary>
internal static class HoldJudge
{
    /// <summary>When the hold ends without anybody: delivery begins, or where a person is waited for, the message expires.</summary>
    public static DateTimeOffset EndOf(MessageRow message, TimeSpan unattendedLife) =>
        message.HoldKind is HoldKind.Time or HoldKind.Until
            ? message.HoldUntil ?? message.CreatedAt
            : (message.HoldUntil ?? message.CreatedAt) + unattendedLife;

    /// <summary>Ends a hold whose time is over; true where it did.</summary>
    public static bool EndByTime(MessageRow message, DateTimeOffset now, TimeSpan unattendedLife)
    {
        if (!message.IsHeld || now < EndOf(message, unattendedLife))
        {
            return false;
        }

        var goes = message.HoldKind is HoldKind.Time or HoldKind.Until;
        End(
            message,
            goes ? MessageState.Stored : MessageState.Expired,
            goes ? EventKinds.MessageReleased : EventKinds.MessageExpired,
            EventActors.Service,
            now
        );
        return true;
    }

    /// <summary>Applies a decision of somebody who may make it.</summary>
    public static Ruling Decide(MessageRow message, Decision decision, string actor, DateTimeOffset now)
    {
        if (!message.IsHeld)
        {
            return WasDecided(message, decision, actor) ? Ruling.Repeated : Ruling.NotHeld;
        }

        var needsApproval = message.HoldKind == HoldKind.Approval;
        switch (decision)
        {
            case Decision.Release when needsApproval:
                return Ruling.NeedsApproval;
            case Decision.Approve or Decision.Reject when !needsApproval:
                return Same(message.DecidedBy, actor) && decision == Decision.Approve
                    ? Ruling.Repeated
                    : Ruling.NeedsRelease;
            case Decision.Approve when message.HoldUntil > now:
                // What remains is a moment: its sender can still cancel.
                message.HoldKind = HoldKind.Until;
                End(message, MessageState.Held, EventKinds.MessageApproved, actor, now);
                return Ruling.Done;
            default:
                End(message, StateAfter(decision), KindOf(decision), actor, now);
                return Ruling.Done;
        }
    }

    private static bool WasDecided(MessageRow message, Decision decision, string actor) =>
        Same(message.DecidedBy, actor)
        && (
            decision is Decision.Cancel or Decision.Reject
                ? message.State == StateAfter(decision)
                : message.State is MessageState.Stored or MessageState.Delivering or MessageState.Completed
        );

    private static MessageState StateAfter(Decision decision) =>
        decision switch
        {
            Decision.Cancel => MessageState.Cancelled,
            Decision.Reject => MessageState.Rejected,
            _ => MessageState.Stored,
        };

    private static string KindOf(Decision decision) =>
        decision switch
        {
            Decision.Cancel => EventKinds.MessageCancelled,
            Decision.Reject => EventKinds.MessageRejected,
            Decision.Approve => EventKinds.MessageApproved,
            _ => EventKinds.MessageReleased,
        };

    private static void End(MessageRow message, MessageState state, string kind, string actor, DateTimeOffset now)
    {
        message.Record(EventDraft.Of(kind, actor, now));
        message.State = state;
        (message.DecidedBy, message.DecidedAt) = (actor, now);
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
