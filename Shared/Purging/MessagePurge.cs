using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>
/// Ends expired links and removes the content of finished messages, of many messages step by step: their files go once no link of the
/// message is live, the rows of the links become tombstones. Due rows are written in batches, owner rows read once.
/// </summary>
internal sealed class MessagePurge(
    LinkTable links,
    EndingReader reader,
    EndingBlobs blobs,
    ExpiredRecipients recipients,
    DueBatches due,
    ContentDue dues,
    IOptions<LinkOptions> linkOptions,
    IOptions<PurgingOptions> options
) : IDuePurge
{
    public IReadOnlyList<string> Kinds { get; } = [DueKinds.Link, DueKinds.Content];

    private int AtOnce => options.Value.Concurrency;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        var workers = options.Value.AtOnce(cancellation);
        var endings = Ending.Of(rows).ToList();
        await Parallel.ForEachAsync(endings, workers, (ending, stop) => reader.ReadAsync(ending, now, stop));

        Due[] heads = [.. endings.SelectMany(ending => ExpiredRecipients.Prepare(ending, now))];
        await due.InsertAsync(heads, AtOnce, cancellation);
        var removed = 0;
        await Parallel.ForEachAsync(
            endings,
            workers,
            async (ending, stop) =>
            {
                Interlocked.Add(ref removed, await blobs.RemoveAsync(ending, now, stop));
                await recipients.MarkAsync(ending, now, stop);
            }
        );

        Due[] next = [.. endings.SelectMany(ending => Next(ending, now))];
        await due.InsertAsync(next, AtOnce, cancellation);
        var left = await StripAsync(endings, now, workers);
        Due[] done = [.. rows.Where(row => !(row.Kind is DueKinds.Link && left.Contains(row.Id)))];
        // The new row of a message whose links end within the same hour stands under the key of the old one, and stays.
        var kept = next.Select(KeyOf).ToHashSet();
        await due.DeleteAsync(done.Where(row => !kept.Contains(KeyOf(row))), AtOnce, cancellation);
        return new Purged(done, removed);
    }

    private static (string, string) KeyOf(Due row) => (DueTable.PartitionOf(row), row.Id);

    /// <summary>What falls due of the message later on: tombstones, files behind a live link, the end of the audit period.</summary>
    private IEnumerable<Due> Next(Ending ending, DateTimeOffset now)
    {
        foreach (var link in ending.Over(now).Where(link => !link.IsTombstone))
        {
            var end = link.ExpiresAt + linkOptions.Value.ExpiredPageLife;
            var at = end > now ? end : now; // hours that the purge has left behind are not read again
            yield return new Due(DueKinds.Tombstone, at, link.LinkId, link.MessageId);
        }

        if (ending is { Contents.Count: > 0, Message: { IsFinished: true } message })
        {
            yield return message.HasLiveLinks(now) ? ContentDue.AfterLinks(message) : dues.AuditOf(message, now);
        }
    }

    /// <summary>Makes tombstones.</summary>
    /// <returns>Ids of links that somebody changed meanwhile.</returns>
    private async Task<ISet<string>> StripAsync(List<Ending> endings, DateTimeOffset now, ParallelOptions workers)
    {
        var left = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            endings.SelectMany(ending => ending.Over(now)).Where(link => !link.IsTombstone),
            workers,
            async (link, stop) =>
            {
                if (await links.UpdateAsync(link.ToTombstone(), stop) == WriteOutcome.Conflict)
                {
                    left[link.LinkId] = true;
                }
            }
        );
        return left.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
