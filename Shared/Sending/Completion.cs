using Azure;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Sending;

/// <summary>Ends a delivery whose recipients are all finished.</summary>
internal sealed class Completion(MessageTable messages, DueTable due, TimeProvider clock)
{
    /// <summary>Marks the message completed, makes its content due, and takes it off the list of open ones. Idempotent.</summary>
    /// <param name="id">Message id.</param>
    /// <param name="createdAt">When intake took the message.</param>
    /// <param name="etag">
    /// Version of the message row at the begin of the round, which spares a read where nobody changed it; empty where the message was
    /// finished in another way.
    /// </param>
    /// <param name="contentLife">How long the content is kept from now on.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage is away; run again.</exception>
    public async Task CompleteAsync(
        string id,
        DateTimeOffset createdAt,
        string etag,
        TimeSpan contentLife,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        if (
            etag.Length == 0
            || await messages.CompleteAsync(id, new ETag(etag), MessageState.Completed, now, cancellation)
                == WriteOutcome.Conflict
        )
        {
            await CompleteChangedAsync(id, now, cancellation);
        }

        await due.InsertAsync(new Due(DueKinds.Content, now + contentLife, id, id), cancellation);
        await due.DeleteAsync(DueKinds.Open, createdAt, id, cancellation);
    }

    private async Task CompleteChangedAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        var message =
            await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
        if (message.CompletedAt is not null)
        {
            return;
        }

        // Cancelled, rejected and expired messages stay what they are.
        var state = message.IsFinished ? message.State : MessageState.Completed;
        if (await messages.CompleteAsync(id, message.ETag, state, now, cancellation) == WriteOutcome.Conflict)
        {
            throw new TransientFault("The message was changed by somebody else.");
        }
    }
}
