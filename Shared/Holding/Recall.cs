using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Holding;

/// <summary>What could be done about one recipient. Links are another room's: a link that was taken back is <see cref="Linked"/> here.</summary>
internal enum RecallOutcome
{
    /// <summary>Nothing was sent, and nothing will be.</summary>
    Cancelled,

    /// <summary>It is being sent at this moment: it arrives or it does not, and is not tried again.</summary>
    BeingSent,

    /// <summary>A provider has the mail and has not said how it ended: it cannot be taken back.</summary>
    HandedOver,

    /// <summary>It was given a link.</summary>
    Linked,

    /// <summary>The receiving server took the message: it cannot be taken back.</summary>
    Accepted,

    /// <summary>Nobody knows whether it arrived: it cannot be taken back.</summary>
    Unconfirmed,

    /// <summary>Nothing had arrived before.</summary>
    NotDelivered,
}

/// <summary>Takes a message back, recipient by recipient, by the rows' ETags: whoever claims a row for sending and we never both win.</summary>
internal sealed class Recall(MessageTable messages, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>Ends everything that is not being sent, and marks what is. Idempotent, in every state of the message.</summary>
    /// <returns>The message as it is afterwards; null where there is none.</returns>
    /// <exception cref="TransientFault">Storage is away, or the rows change too often; run again.</exception>
    public async Task<MessagePartition?> StopAsync(string id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await messages.PartitionAsync(id, cancellation) is not { } found)
            {
                return null;
            }

            RecipientRow[] changed = [.. found.Recipients.Where(row => row.Recall(clock.GetUtcNow()))];
            if (changed.Length == 0 || await messages.UpdateAsync(changed, cancellation) == WriteOutcome.Done)
            {
                return found;
            }
        }

        throw new TransientFault("The rows of the recipients change too often.");
    }

    /// <summary>
    /// Ends a message of whose recipients none waits any more, a provider's word included: cancelled where nothing at all was sent.
    /// </summary>
    /// <returns>It has ended, and is to be completed.</returns>
    /// <exception cref="TransientFault">Storage is away, or the message changes too often; run again.</exception>
    public async Task<bool> EndAsync(string id, string actor, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (
                await messages.PartitionAsync(id, cancellation) is not { } found
                || !found.Recipients.All(row => row is { IsFinished: true, IsHandedOver: false })
            )
            {
                return false;
            }

            var message = found.Message;
            if (message.IsFinished || !found.Recipients.All(row => row.State == RecipientState.Cancelled))
            {
                return message.CompletedAt is null;
            }

            message.State = MessageState.Cancelled;
            (message.DecidedBy, message.DecidedAt) = (actor, clock.GetUtcNow());
            message.DecisionSeenAt = message.DecidedAt;
            message.Record(EventDraft.Of(EventKinds.MessageCancelled, actor, message.DecidedAt.Value));
            if (await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return true;
            }
        }

        throw new TransientFault("The row of the message changes too often.");
    }

    /// <summary>What was done about a recipient; pure.</summary>
    public static RecallOutcome OutcomeOf(RecipientRow row) =>
        row switch
        {
            { IsFinished: false } => RecallOutcome.BeingSent,
            { IsHandedOver: true } => RecallOutcome.HandedOver,
            { State: RecipientState.Cancelled } => RecallOutcome.Cancelled,
            {
                State: RecipientState.Linked
                    or RecipientState.Downloaded
                    or RecipientState.Revoked
                    or RecipientState.Expired
            } => RecallOutcome.Linked,
            { State: RecipientState.Accepted } => RecallOutcome.Accepted,
            { State: RecipientState.Unconfirmed } => RecallOutcome.Unconfirmed,
            _ => RecallOutcome.NotDelivered,
        };
}
