using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes links whose "expired" page has been shown long enough.</summary>
internal sealed class TombstonePurge(LinkTable links, DueTable due) : IDuePurge
{
    public string Kind => DueKinds.Tombstone;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            if (await links.FindAsync(row.Id, cancellation) is { IsTombstone: true })
            {
                await links.DeleteAsync(row.Id, cancellation);
            }

            await due.DeleteAsync(row.Kind, row.At, row.Id, cancellation);
        }

        return new Purged(rows.Count);
    }
}
