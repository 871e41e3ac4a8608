using TlsOrLink.Events;
using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>What the audit trail tells of a recipient's row after a step. Pure.</summary>
internal static class RecipientEvents
{
    /// <summary>Records what the row's state says.</summary>
    /// <param name="row">As changed.</param>
    /// <param name="isFirstPlan">The plan is new; an event of its own tells it where this step is not the end.</param>
    /// <param name="at">Now.</param>
    public static void Record(RecipientRow row, bool isFirstPlan, DateTimeOffset at)
    {
        if (isFirstPlan && !row.IsFinished)
        {
            row.Record(
                EventDraft.Of(
                    EventKinds.RecipientPlanned,
                    EventActors.Service,
                    at,
                    ("route", row.PlannedRoute),
                    ("level", row.Level)
                )
            );
        }

        row.Record(Outcome(row, at));
    }

    /// <summary>The row's state with its reason and the evidence of the receipt, but for the server's words, which may hold addresses.</summary>
    public static EventDraft Outcome(RecipientRow row, DateTimeOffset at)
    {
        var receipt = Receipt.Parse(row.Receipt);
        return EventDraft.Of(
            row.IsHandedOver ? EventKinds.RecipientHandedOver : KindOf(row.State),
            EventActors.Service,
            at,
            ("planned", row.PlannedRoute),
            ("route", row.Route),
            ("reason", row.Reason),
            ("level", row.Level),
            ("round", row.Round),
            ("evidence", receipt?.Evidence),
            ("host", receipt?.Host),
            ("tls", receipt?.TlsVersion),
            ("cipher", receipt?.CipherSuite),
            ("certificate", receipt?.CertificateSha256),
            ("reply", receipt?.ReplyCode)
        );
    }

    private static string KindOf(RecipientState state) =>
        state switch
        {
            RecipientState.Accepted => EventKinds.RecipientAccepted,
            RecipientState.Linked => EventKinds.RecipientLinked,
            RecipientState.Sending => EventKinds.RecipientRerouted,
            RecipientState.Deferred => EventKinds.RecipientDeferred,
            RecipientState.Bounced => EventKinds.RecipientBounced,
            RecipientState.Undeliverable => EventKinds.RecipientUndeliverable,
            RecipientState.Unconfirmed => EventKinds.RecipientUnconfirmed,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No step of sending ends in this state."),
        };
}
