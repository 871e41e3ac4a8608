using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Ends expired links: their files go once no link of the message is live, their rows become tombstones.</summary>
internal sealed class LinkPurge(
    LinkTable links,
    MessageTable messages,
    DueTable due,
    BlobSweep blobs,
    ExpiredRecipients recipients,
    IOptions<LinkOptions> options
) : IDuePurge
{
    public string Kind => DueKinds.Link;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = new List<(Due Due, LinkRow? Link)>(rows.Count);
        foreach (var row in rows)
        {
            found.Add((row, await links.FindAsync(row.Id, cancellation)));
        }

        LinkRow[] ended = [.. found.Select(pair => pair.Link).OfType<LinkRow>().Where(link => IsOver(link, now))];
        var removed = ended.Length > 0 ? await RemoveFilesAsync(ended, now, cancellation) : 0;
        await recipients.MarkAsync(ended, now, cancellation);
        var done = 0;
        foreach (var (row, link) in found)
        {
            if (link is null || !IsOver(link, now) || await StripAsync(link, now, cancellation) == WriteOutcome.Done)
            {
                await due.DeleteAsync(row.Kind, row.At, row.Id, cancellation);
                done++;
            }
        }

        return new Purged(done, removed);
    }

    /// <summary>An extended link has a later due row of its own: the row at hand is left over.</summary>
    private static bool IsOver(LinkRow link, DateTimeOffset now) => link.ExpiresAt <= now;

    private async Task<int> RemoveFilesAsync(LinkRow[] ended, DateTimeOffset now, CancellationToken cancellation)
    {
        var message = await messages.FindAsync(ended[0].MessageId, cancellation);
        if (message is not null)
        {
            return message.LetsFilesGo(now)
                ? await blobs.RemoveFilesAsync(message.CreatedAt, message.Id, cancellation)
                : 0;
        }

        var removed = 0;
        foreach (
            var blob in ended.SelectMany(link => link.Files).Select(file => file.Blob).Distinct(StringComparer.Ordinal)
        )
        {
            removed += await blobs.RemoveFileAsync(blob, cancellation);
        }

        return removed;
    }

    private async Task<WriteOutcome> StripAsync(LinkRow link, DateTimeOffset now, CancellationToken cancellation)
    {
        if (link.IsTombstone)
        {
            return WriteOutcome.Done;
        }

        var end = link.ExpiresAt + options.Value.ExpiredPageLife;
        var at = end > now ? end : now; // hours that the purge has left behind are not read again
        await due.InsertAsync(new Due(DueKinds.Tombstone, at, link.LinkId, link.MessageId), cancellation);
        return await links.UpdateAsync(link.ToTombstone(), cancellation);
    }
}
