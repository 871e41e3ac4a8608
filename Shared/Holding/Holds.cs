using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Holding;

/// <summary>How far a hold is.</summary>
internal enum HoldPhase
{
    /// <summary>It lasts.</summary>
    Waiting,

    /// <summary>Delivery may begin.</summary>
    Released,

    /// <summary>Cancelled, rejected or expired: nothing is sent.</summary>
    Ended,
}

/// <summary>What an orchestration finds when it looks at a hold.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="CreatedAt">When intake took the message.</param>
/// <param name="Until">When to look again at the latest.</param>
/// <param name="AskApprovers">It waits for approvers, and they do not know yet.</param>
/// <param name="TellSender">It ended without its sender's doing.</param>
internal sealed record HoldCheck(
    HoldPhase Phase,
    DateTimeOffset CreatedAt,
    DateTimeOffset Until,
    bool AskApprovers = false,
    bool TellSender = false
);

/// <summary>Holds as storage keeps them: the row of the message decides, by its ETag.</summary>
internal sealed class Holds(MessageTable messages, IOptions<HoldingOptions> options, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>Looks at a hold; ends it where its time is over, and cancels the recipients of one that ended. Idempotent.</summary>
    /// <exception cref="PermanentFault">There is no such message.</exception>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task<HoldCheck> CheckAsync(string id, CancellationToken cancellation)
    {
        var message = await FindAsync(id, cancellation);
        var ended = HoldJudge.EndByTime(message, clock.GetUtcNow(), options.Value.UnattendedLife);
        // The reconciler wakes whoever has not seen a decision.
        var isNews = message.HasNews;
        if (isNews)
        {
            message.DecisionSeenAt = message.DecidedAt;
        }

        if (ended || isNews)
        {
            await messages.MustUpdateAsync([message], cancellation);
        }

        var end = HoldJudge.EndOf(message, options.Value.UnattendedLife);
        if (message.IsHeld)
        {
            var asks = message is { HoldKind: HoldKind.Approval, ApproversAskedAt: null };
            return new HoldCheck(HoldPhase.Waiting, message.CreatedAt, end, AskApprovers: asks);
        }

        if (!message.IsFinished)
        {
            return new HoldCheck(HoldPhase.Released, message.CreatedAt, end);
        }

        await CancelRecipientsAsync(id, cancellation);
        var tells = message.State is MessageState.Rejected or MessageState.Expired;
        return new HoldCheck(HoldPhase.Ended, message.CreatedAt, end, TellSender: tells);
    }

    /// <summary>Decides, for somebody who may.</summary>
    /// <returns>What came of it, and the message as it is then.</returns>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task<(Ruling Ruling, MessageRow Message)> DecideAsync(
        string id,
        Decision decision,
        string actor,
        CancellationToken cancellation
    )
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var message = await FindAsync(id, cancellation);
            var ruling = HoldJudge.Decide(message, decision, actor, clock.GetUtcNow());
            if (ruling != Ruling.Done || await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return (ruling, message);
            }
        }

        throw new TransientFault("The row of the message changes too often.");
    }

    /// <summary>Notes something about the hold in the message's row, whoever else changes it.</summary>
    public async Task NoteAsync(string id, Action<MessageRow, DateTimeOffset> note, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var message = await FindAsync(id, cancellation);
            note(message, clock.GetUtcNow());
            if (await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return;
            }
        }

        throw new TransientFault("The row of the message changes too often.");
    }

    private async Task CancelRecipientsAsync(string id, CancellationToken cancellation)
    {
        var found = await messages.PartitionAsync(id, cancellation);
        RecipientRow[] open = [.. found?.Recipients.Where(row => !row.IsFinished) ?? []];
        foreach (var row in open)
        {
            row.Cancel(clock.GetUtcNow());
        }

        await messages.MustUpdateAsync(open, cancellation);
    }

    private async Task<MessageRow> FindAsync(string id, CancellationToken cancellation) =>
        await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
}
