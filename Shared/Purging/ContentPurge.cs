using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes the content of finished messages; files behind a live link come due again when it ends.</summary>
internal sealed class ContentPurge(MessageTable messages, DueTable due, BlobSweep blobs, ContentDue dues) : IDuePurge
{
    public string Kind => DueKinds.Content;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        var message = await messages.FindAsync(rows[0].MessageId, cancellation);
        var removed = 0;
        if (message?.IsFinished == true)
        {
            removed = await blobs.RemoveContentAsync(message.CreatedAt, message.Id, cancellation);
            removed += await EndFilesAsync(message, now, cancellation);
        }

        foreach (var row in rows)
        {
            // As it was read: the new row of a message whose links end within the same hour stands under the same key, and stays.
            await due.DeleteAsync(row, cancellation);
        }

        return new Purged(rows.Count, removed);
    }

    private async Task<int> EndFilesAsync(MessageRow message, DateTimeOffset now, CancellationToken cancellation)
    {
        if (message.HasLiveLinks(now))
        {
            await due.InsertAsync(ContentDue.AfterLinks(message), cancellation);
            return 0;
        }

        var removed = await blobs.RemoveFilesAsync(message.CreatedAt, message.Id, cancellation);
        await due.InsertAsync(dues.AuditOf(message, now), cancellation);
        return removed;
    }
}
