using Azure;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>The adapter of <see cref="TableNames.Uploads"/>: one table call for each method.</summary>
internal sealed class UploadTable(TableServiceClient tables)
{
    private readonly TableClient table = tables.GetTableClient(TableNames.Uploads);

    /// <summary>The session; null where the caller has none of that id.</summary>
    public async Task<UploadRow?> FindAsync(string caller, string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(caller, id, cancellationToken: cancellation);
        return row.HasValue ? new UploadRow(row.Value!) : null;
    }

    /// <summary>The caller's sessions whose URL still works, also of those that a message refers to; at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<UploadRow>> LiveAsync(
        string caller,
        DateTimeOffset now,
        int most,
        CancellationToken cancellation
    ) =>
        await table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {caller} and ExpiresAt gt {now}"),
                cancellationToken: cancellation
            )
            .Select(entity => new UploadRow(entity))
            .Take(most)
            .ToListAsync(cancellation);

    /// <summary>Inserts a session.</summary>
    public Task AddAsync(UploadRow row, CancellationToken cancellation) =>
        table.AddEntityAsync(row.Entity, cancellation);

    /// <summary>Replaces the row by its ETag; its ETag moves on.</summary>
    public async Task<WriteOutcome> UpdateAsync(UploadRow row, CancellationToken cancellation)
    {
        try
        {
            var written = await table.UpdateEntityAsync(row.Entity, row.ETag, TableUpdateMode.Replace, cancellation);
            row.ETag = written.Headers.ETag ?? row.ETag;
            return WriteOutcome.Done;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return WriteOutcome.Conflict;
        }
    }

    /// <summary>Deletes; a row that is not there is as good as deleted.</summary>
    public Task DeleteAsync(string caller, string id, CancellationToken cancellation) =>
        table.DeleteEntityAsync(caller, id, ETag.All, cancellation);
}
