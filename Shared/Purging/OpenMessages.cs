using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Purging;

/// <summary>A message that is not known to be finished.</summary>
/// <param name="Due">Its <c>open</c> row.</param>
/// <param name="Message">The message's own row; null where intake never got that far.</param>
/// <param name="Action">What is to be done about it.</param>
internal sealed record OpenMessage(Due Due, MessageRow? Message, OpenAction Action);

/// <summary>The storage side of the reconciler: what is open, and what crashes left behind.</summary>
internal sealed class OpenMessages(
    DueTable due,
    MessageTable messages,
    BlobSweep blobs,
    RowSweep sweep,
    ContentDue dues,
    IOptions<PurgingOptions> options,
    TimeProvider clock
)
{
    /// <summary>
    /// Open messages older than <see cref="PurgingOptions.Grace"/> for which something is to be done, oldest first. One call for
    /// each 1,000 and one for each message.
    /// </summary>
    /// <exception cref="TransientFault">Storage failed.</exception>
    public async IAsyncEnumerable<OpenMessage> ListAsync(
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var oldest = now;
        var open = due.ListAsync(DueKinds.Open, from: null, now - options.Value.Grace, cancellation);
        await foreach (var chunk in open.Chunk(options.Value.Concurrency).WithCancellation(cancellation))
        {
            var found = await Task.WhenAll(chunk.Select(row => messages.FindAsync(row.Id, cancellation)));
            foreach (var (row, message) in chunk.Zip(found))
            {
                oldest = OpenJudge.IsWaitedFor(message) && message.CreatedAt < oldest ? message.CreatedAt : oldest;
                var action = OpenJudge.ActionFor(row, message, now, options.Value);
                if (action != OpenAction.Wait)
                {
                    yield return new OpenMessage(row, message, action);
                }
            }
        }

        Measures.QueueAge.Set((now - oldest).TotalSeconds);
    }

    /// <summary>
    /// For <see cref="OpenAction.Close"/>: makes sure that the content comes due (its completion may have been cut off between the
    /// two), removes what a losing attempt left in another hour, and the open row.
    /// </summary>
    public async Task CloseAsync(OpenMessage open, CancellationToken cancellation)
    {
        var message =
            open.Message ?? throw new ArgumentException("A message that never was cannot be closed.", nameof(open));
        await due.InsertAsync(dues.Of(message, clock.GetUtcNow()), cancellation);
        if (!string.Equals(Keys.Hour(open.Due.At), Keys.Hour(message.CreatedAt), StringComparison.Ordinal))
        {
            await blobs.RemoveAttemptAsync(open.Due.At, message.Id, cancellation);
        }

        await due.DeleteAsync(open.Due, cancellation);
    }

    /// <summary>
    /// For <see cref="OpenAction.Sweep"/>: removes what a crashed intake left, sparing what another attempt wrote lately; then the
    /// open row unless that attempt wrote it again.
    /// </summary>
    /// <returns>Blobs and rows removed.</returns>
    public async Task<int> SweepAsync(OpenMessage open, DateTimeOffset now, CancellationToken cancellation)
    {
        var olderThan = now - options.Value.OrphanAge;
        var removed = await blobs.RemoveOrphansAsync(open.Due.At, open.Due.Id, olderThan, cancellation);
        removed += await sweep.RemoveOrphansAsync(open.Due.Id, olderThan, cancellation);
        await due.DeleteAsync(open.Due, cancellation);
        return removed;
    }
}
