using System.Net;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>Writes rows of a message with the events that were recorded on them: a row and its events are always in one batch.</summary>
internal sealed class ChainedWrites(
    TableServiceClient tables,
    DueTable due,
    EventNotes notes,
    ChainKey key,
    IOptions<StorageOptions> options
)
{
    private readonly TableClient table = tables.GetTableClient(TableNames.Messages);

    /// <summary>A chain that grows on the day of its message's intake is found by the index; on a later one by these rows, which must be there before.</summary>
    public static IEnumerable<Due> HeadsOf(IEnumerable<Row> rows) =>
        rows.OfType<ChainedRow>()
            .SelectMany(row =>
                row.Recorded.Select(draft =>
                    (row.Entity.PartitionKey, Day: DayOf(draft.At), Born: DayOf(row.CreatedAt))
                )
            )
            .Where(growth => growth.Day != growth.Born)
            .Select(growth => new Due(DueKinds.Head, growth.Day, growth.PartitionKey, growth.PartitionKey))
            .Distinct();

    /// <summary>Writes in batches; after <see cref="WriteOutcome.Conflict"/> those before the one in conflict are written.</summary>
    /// <exception cref="TransientFault">Storage is away; nobody knows whether the last batch was written.</exception>
    public async Task<WriteOutcome> WriteAsync(
        IReadOnlyCollection<Row> rows,
        TableTransactionActionType type,
        CancellationToken cancellation
    )
    {
        foreach (var head in HeadsOf(rows))
        {
            await due.InsertAsync(head, cancellation);
        }

        return await WriteMarkedAsync(rows, type, cancellation);
    }

    /// <summary>As <see cref="WriteAsync"/>, by whoever has inserted <see cref="HeadsOf"/> these rows.</summary>
    public async Task<WriteOutcome> WriteMarkedAsync(
        IReadOnlyCollection<Row> rows,
        TableTransactionActionType type,
        CancellationToken cancellation
    )
    {
        if (type == TableTransactionActionType.UpsertReplace && rows.OfType<ChainedRow>().Any(row => row.Size > 1))
        {
            throw new InvalidOperationException("Record nothing on rows that are put: insert or update them.");
        }

        var noting = await notes.BeginAsync(rows, cancellation);
        foreach (var batch in RowBatches.Of(rows, options.Value.RowsPerBatch))
        {
            noting = await notes.RenewAsync(noting, cancellation);
            if (!await WriteBatchAsync([.. batch.Select(row => new ChainWrite(row, key))], type, cancellation))
            {
                return WriteOutcome.Conflict;
            }

            notes.End(noting);
        }

        return WriteOutcome.Done;
    }

    private async Task<bool> WriteBatchAsync(
        ChainWrite[] batch,
        TableTransactionActionType type,
        CancellationToken cancellation
    )
    {
        var written = false;
        try
        {
            var response = await table.SubmitTransactionAsync(
                batch.SelectMany(write => write.Actions(type)),
                cancellation
            );
            written = true;
            Settle(batch, response.Value);
            return true;
        }
        catch (RequestFailedException failed) when (IsConflict(failed.Status))
        {
            return false;
        }
        catch (RequestFailedException failed)
        {
            // The parts of a batch fail inside an answer of 202, past the policy of the client.
            throw failed.Status >= 500
                ? new TransientFault($"Table storage answered {failed.Status} within a batch.")
                : new PermanentFault($"Table storage refused a batch with {failed.Status}.");
        }
        finally
        {
            if (!written)
            {
                Array.ForEach(batch, write => write.TakeBack());
            }
        }
    }

    private static void Settle(ChainWrite[] batch, IReadOnlyList<Response> parts)
    {
        var place = 0;
        foreach (var write in batch)
        {
            write.Row.ETag = parts[place].Headers.ETag ?? write.Row.ETag;
            write.Done();
            place += write.Size;
        }
    }

    private static DateTimeOffset DayOf(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private static bool IsConflict(int status) =>
        (HttpStatusCode)status
            is HttpStatusCode.PreconditionFailed
                or HttpStatusCode.NotFound
                or HttpStatusCode.Conflict;
}
