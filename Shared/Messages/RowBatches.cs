using TlsOrLink.Events;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>Rows in batches. Pure.</summary>
internal static class RowBatches
{
    /// <summary>
    /// As many rows as fit, in order; a row and its events are never torn apart, so that one with events may be a batch of more than
    /// <paramref name="rowsPerBatch"/> by itself.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Row>> Of(IEnumerable<Row> rows, int rowsPerBatch)
    {
        List<Row> batch = [];
        var size = 0;
        foreach (var row in rows)
        {
            var more = row is ChainedRow chained ? chained.Size : 1;
            if (batch.Count > 0 && size + more > rowsPerBatch)
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            batch.Add(row);
            size += more;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
