using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes the rows of messages at the end of the audit period, and what finds them.</summary>
internal sealed class AuditPurge(
    MessageTable messages,
    IndexTable index,
    DueBatches due,
    RowSweep sweep,
    IOptions<PurgingOptions> options
) : IDuePurge
{
    public IReadOnlyList<string> Kinds { get; } = [DueKinds.Audit];

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.MessageId).Distinct(StringComparer.Ordinal);
        await Parallel.ForEachAsync(ids, options.Value.AtOnce(cancellation), RemoveAsync);
        await due.DeleteAsync(rows, options.Value.Concurrency, cancellation);
        return new Purged(rows);
    }

    private async ValueTask RemoveAsync(string id, CancellationToken cancellation)
    {
        if (await messages.PartitionAsync(id, cancellation) is { } partition)
        {
            await index.DeleteAsync(partition, cancellation);
        }

        await sweep.RemoveAsync(id, cancellation);
    }
}
