using Azure;
using Azure.Data.Tables;
using TlsOrLink.Faults;

namespace TlsOrLink.Storage;

/// <summary>Writes many due rows at once: one call for each 100 of one kind, hour and shard.</summary>
internal sealed class DueBatches(TableServiceClient tables, DueTable due)
{
    /// <summary>Most operations of one transaction.</summary>
    private const int Most = 100;

    private readonly TableClient table = tables.GetTableClient(TableNames.Due);

    /// <summary>Inserts or replaces; of rows under one key the last one is written.</summary>
    /// <param name="rows">Of any kinds and hours; none is fine.</param>
    /// <param name="atOnce">Calls at one time.</param>
    /// <param name="cancellation">Gives up; the next run inserts again.</param>
    /// <exception cref="TransientFault">Storage failed; nobody knows which rows are written.</exception>
    public Task InsertAsync(IEnumerable<Due> rows, int atOnce, CancellationToken cancellation) =>
        EachBatchAsync(
            rows,
            atOnce,
            async (batch, stop) =>
            {
                if (batch is [var only])
                {
                    await due.InsertAsync(only, stop);
                }
                else
                {
                    await SubmitAsync(
                        batch.Select(row => new TableTransactionAction(
                            TableTransactionActionType.UpsertReplace,
                            DueTable.ToEntity(row)
                        )),
                        stop
                    );
                }
            },
            cancellation
        );

    /// <summary>Deletes the rows as they were read: one that was written again stays, one that is gone is as good as deleted.</summary>
    /// <inheritdoc cref="InsertAsync"/>
    public Task DeleteAsync(IEnumerable<Due> rows, int atOnce, CancellationToken cancellation) =>
        EachBatchAsync(
            rows,
            atOnce,
            async (batch, stop) =>
            {
                if (batch.Count == 1 || !await TryDeleteAsync(batch, stop))
                {
                    foreach (var row in batch)
                    {
                        await due.DeleteAsync(row, stop);
                    }
                }
            },
            cancellation
        );

    private static Task EachBatchAsync(
        IEnumerable<Due> rows,
        int atOnce,
        Func<IReadOnlyList<Due>, CancellationToken, ValueTask> one,
        CancellationToken cancellation
    ) =>
        Parallel.ForEachAsync(
            rows.GroupBy(DueTable.PartitionOf, StringComparer.Ordinal)
                .SelectMany(partition =>
                    partition.GroupBy(row => row.Id, StringComparer.Ordinal).Select(same => same.Last()).Chunk(Most)
                ),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation },
            one
        );

    /// <summary>False where a row is not as it was read: then none is deleted.</summary>
    private async Task<bool> TryDeleteAsync(IReadOnlyList<Due> batch, CancellationToken cancellation)
    {
        try
        {
            await SubmitAsync(
                batch.Select(row => new TableTransactionAction(
                    TableTransactionActionType.Delete,
                    DueTable.ToEntity(row),
                    row.ETag
                )),
                cancellation
            );
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
        }
        catch (RequestFailedException failed) when (failed.Status is not (404 or 412))
        {
            // The parts of a batch fail inside an answer of 202, past the policy of the client.
            throw failed.Status >= 500
                ? new TransientFault($"Table storage answered {failed.Status} within a batch.")
                : new PermanentFault($"Table storage refused a batch with {failed.Status}.");
        }
    }
}
