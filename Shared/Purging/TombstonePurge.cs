using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes links whose "expired" page has been shown long enough.</summary>
internal sealed class TombstonePurge(LinkTable links, DueBatches due, IOptions<PurgingOptions> options) : IDuePurge
{
    public IReadOnlyList<string> Kinds { get; } = [DueKinds.Tombstone];

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            rows,
            options.Value.AtOnce(cancellation),
            async (row, stop) =>
            {
                if (await links.FindAsync(row.Id, stop) is { IsTombstone: true })
                {
                    await links.DeleteAsync(row.Id, stop);
                }
            }
        );
        await due.DeleteAsync(rows, options.Value.Concurrency, cancellation);
        return new Purged(rows);
    }
}
