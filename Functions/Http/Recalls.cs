using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Events;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes messages back in whatever state they are, for the API and for the page.</summary>
internal sealed class Recalls(
    MessageTable messages,
    Recall recall,
    LinkChanges links,
    HoldDecisions decisions,
    Completion completion,
    IOptions<PurgingOptions> purging
)
{
    /// <summary>Cancels what is not sent, revokes every link, and says what could not be done; null where the message is gone.</summary>
    public async Task<RecallView?> RecallAsync(
        DurableTaskClient client,
        MessageRow message,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var (id, actor) = (message.Id, EventActors.Caller(caller.Name));
        if (message.IsHeld)
        {
            await decisions.DecideAsync(client, id, Decision.Cancel, actor, cancellation);
        }

        await decisions.NoteRecallAsync(id, actor, cancellation);
        // Rows first: a link that is made meanwhile is then either mailed to nobody, or noted in the row that we read.
        var stopped = await recall.StopAsync(id, cancellation);
        var revoked = await links.RevokeAllAsync([.. stopped?.Recipients ?? []], actor, cancellation);
        if (await recall.EndAsync(id, actor, cancellation))
        {
            var seen = new SeenMessage(id, message.CreatedAt, ETag: "", Head: null);
            await completion.CompleteAsync(seen, purging.Value.ContentLife, cancellation);
        }

        return await messages.PartitionAsync(id, cancellation) is { } found
            ? RecallView.Of(found.Message, found.Recipients, revoked)
            : null;
    }
}
