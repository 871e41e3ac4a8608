using Azure.Data.Tables;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes the rows of one message from <see cref="TableNames.Messages"/>, its own row <c>m</c> last.</summary>
internal sealed class RowSweep(TableServiceClient tables, MessageTable messages)
{
    private readonly TableClient table = tables.GetTableClient(TableNames.Messages);

    /// <summary>Removes all rows of a message.</summary>
    /// <returns>Rows removed.</returns>
    public Task<int> RemoveAsync(string id, CancellationToken cancellation) =>
        RemoveAsync(id, TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellation);

    /// <summary>
    /// Removes rows that were written before <paramref name="olderThan"/>, by storage's own clock: another attempt of the same
    /// Idempotency-Key may be writing its rows right now.
    /// </summary>
    /// <returns>Rows removed.</returns>
    public Task<int> RemoveOrphansAsync(string id, DateTimeOffset olderThan, CancellationToken cancellation) =>
        RemoveAsync(
            id,
            TableClient.CreateQueryFilter($"PartitionKey eq {id} and Timestamp lt {olderThan}"),
            cancellation
        );

    private async Task<int> RemoveAsync(string id, string filter, CancellationToken cancellation)
    {
        List<string> keys = [];
        var query = table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation);
        await foreach (var row in query)
        {
            keys.Add(row.RowKey);
        }

        await messages.DeleteAsync(id, keys.OrderBy(key => key is Keys.Message), cancellation);
        return keys.Count;
    }
}
