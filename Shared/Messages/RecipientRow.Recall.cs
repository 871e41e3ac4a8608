using TlsOrLink.Events;

namespace TlsOrLink.Messages;

/// <summary>The recall of a recipient whose mail may be on its way at that very moment.</summary>
internal sealed partial class RecipientRow
{
    /// <summary>The sender took the message back: whatever comes of a transaction that runs, none follows it.</summary>
    public bool RecallAsked
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>A transaction that was not heard of since holds the claim.</summary>
    public bool IsClaimed => Ledger == LedgerState.Claimed && !IsFinished;

    /// <summary>
    /// Takes the message back from this recipient as far as the row can: what nobody is sending ends here; what somebody sends ends with that
    /// transaction (<see cref="FollowRecall"/>), and what a provider has with the provider's word.
    /// </summary>
    /// <returns>There is something to write.</returns>
    public bool Recall(DateTimeOffset now)
    {
        if ((IsFinished && !IsHandedOver) || (RecallAsked && (IsClaimed || IsHandedOver)))
        {
            return false;
        }

        InDoubt |= Ledger == LedgerState.Unconfirmed;
        RecallAsked = true;
        UpdatedAt = now;
        FollowRecall(now);
        return true;
    }

    /// <summary>Ends without having been sent to; one that is in doubt is never said not to have been.</summary>
    public void Cancel(DateTimeOffset now)
    {
        Fail(RecipientState.Cancelled);
        UpdatedAt = now;
        var kind = InDoubt ? EventKinds.RecipientUnconfirmed : EventKinds.RecipientCancelled;
        Record(EventDraft.Of(kind, EventActors.Service, now));
    }

    /// <summary>To be called whenever the end of a transaction is written down: a recalled recipient is not left to another one.</summary>
    public void FollowRecall(DateTimeOffset now)
    {
        if (!RecallAsked || IsClaimed)
        {
            return;
        }

        if (!IsFinished)
        {
            Cancel(now);
        }
        else if (State == RecipientState.Linked)
        {
            // Its link was taken back when the recall found it.
            State = RecipientState.Revoked;
        }
    }
}
