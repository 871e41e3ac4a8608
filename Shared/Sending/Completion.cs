using Azure;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Sending;

/// <summary>Ends a delivery whose recipients are all finished.</summary>
internal sealed class Completion(MessageTable messages, DueTable due, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>Marks the message completed, makes its content due, and takes it off the list of open ones. Idempotent.</summary>
    /// <param name="seen">The message as it was at the begin of the round, which spares a read where nobody changed it; with an empty ETag where it was
    /// finished in another way.</param>
    /// <param name="contentLife">How long the content is kept from now on.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage is away; run again.</exception>
    public async Task CompleteAsync(SeenMessage seen, TimeSpan contentLife, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (
            seen.Head is null
            || seen.ETag.Length == 0
            || await messages.MergeAsync(Ended(seen, MessageState.Completed, now), cancellation)
                == WriteOutcome.Conflict
        )
        {
            await CompleteChangedAsync(seen.Id, now, cancellation);
        }

        await due.InsertAsync(new Due(DueKinds.Content, now + contentLife, seen.Id, seen.Id), cancellation);
        await due.DeleteAsync(DueKinds.Open, seen.CreatedAt, seen.Id, cancellation);
    }

    private async Task CompleteChangedAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var message =
                await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
            if (message.CompletedAt is not null)
            {
                return;
            }

            // Cancelled, rejected and expired messages stay what they are.
            var state = message.IsFinished ? message.State : MessageState.Completed;
            var ended = Ended(SeenMessage.Of(message), state, now);
            if (await messages.MergeAsync(ended, cancellation) == WriteOutcome.Done)
            {
                return;
            }
        }

        throw new TransientFault("The message is being changed by somebody else.");
    }

    private static MessageRow Ended(SeenMessage seen, MessageState state, DateTimeOffset now)
    {
        var change = new MessageRow(seen.Id)
        {
            CreatedAt = seen.CreatedAt,
            State = state,
            CompletedAt = now,
            Head = ChainHead.Parse(seen.Head),
            ETag = new ETag(seen.ETag),
        };
        if (seen.Caller is { } caller)
        {
            change.Caller = caller;
        }

        if (state == MessageState.Completed)
        {
            change.Record(EventDraft.Of(EventKinds.MessageCompleted, EventActors.Service, now));
        }

        return change;
    }
}

/// <summary>A message as an earlier step saw it.</summary>
/// <param name="Id">Message id.</param>
/// <param name="CreatedAt">When intake took it.</param>
/// <param name="ETag">Version of its row.</param>
/// <param name="Head">Head of its audit chain in that version; null where it is not known.</param>
internal sealed record SeenMessage(string Id, DateTimeOffset CreatedAt, string ETag, string? Head)
{
    /// <summary>Name of the caller that owns it; null where it is not known.</summary>
    public string? Caller { get; init; }

    public static SeenMessage Of(MessageRow message) =>
        new(message.Id, message.CreatedAt, message.ETag.ToString(), message.Head.ToString())
        {
            Caller = message.Caller,
        };
}
