using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes the rows of messages at the end of the audit period, and what finds them.</summary>
internal sealed class AuditPurge(MessageTable messages, IndexTable index, DueTable due, RowSweep sweep) : IDuePurge
{
    public string Kind => DueKinds.Audit;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = rows[0].MessageId;
        if (await messages.PartitionAsync(id, cancellation) is { } partition)
        {
            await index.DeleteAsync(partition, cancellation);
        }

        await sweep.RemoveAsync(id, cancellation);
        foreach (var row in rows)
        {
            await due.DeleteAsync(row.Kind, row.At, row.Id, cancellation);
        }

        return new Purged(rows.Count);
    }
}
