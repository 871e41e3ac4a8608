using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>The adapter of <see cref="TableNames.Links"/>. Every method is one table call, except those of many links.</summary>
internal sealed class LinkTable(TableServiceClient tables, DueTable due)
{
    /// <summary>Every link is a partition of its own, so that a landing is one point read; hence no batches.</summary>
    private const int ParallelCalls = 16;

    private readonly TableClient table = tables.GetTableClient(TableNames.Links);

    /// <summary>Stores new links: for each its due row first, so that no link is ever without its end, then the link. Two calls a link, three where its holder is to be reminded.</summary>
    public Task CreateAsync(IReadOnlyCollection<LinkRow> rows, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            rows,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellation },
            async (row, stop) =>
            {
                await due.InsertAsync(new Due(DueKinds.Link, row.ExpiresAt, row.LinkId, row.MessageId), stop);
                if (row.RemindAt is { } remindAt)
                {
                    await due.InsertAsync(new Due(DueKinds.Reminder, remindAt, row.LinkId, row.MessageId), stop);
                }

                await table.UpsertEntityAsync(LinkColumns.Write(row), TableUpdateMode.Replace, stop);
            }
        );

    /// <summary>One point read; null where the table has no such link.</summary>
    public async Task<LinkRow?> FindAsync(string linkId, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(linkId, Keys.Link, cancellationToken: cancellation);
        return found.HasValue ? LinkColumns.Read(found.Value!) : null;
    }

    /// <summary>The links that are there, by id; one call for each.</summary>
    public async Task<IReadOnlyDictionary<string, LinkRow>> FindAllAsync(
        IReadOnlyCollection<string> linkIds,
        CancellationToken cancellation
    )
    {
        var found = new ConcurrentDictionary<string, LinkRow>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            linkIds,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellation },
            async (id, stop) =>
            {
                if (await FindAsync(id, stop) is { } row)
                {
                    found[id] = row;
                }
            }
        );
        return found;
    }

    /// <summary>Replaces the row where nobody changed it since it was read.</summary>
    public async Task<WriteOutcome> UpdateAsync(LinkRow row, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(LinkColumns.Write(row), row.ETag, TableUpdateMode.Replace, cancellation);
            return WriteOutcome.Done;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return WriteOutcome.Conflict;
        }
    }

    /// <summary>Deletes the row; it does not matter whether it is there.</summary>
    public Task DeleteAsync(string linkId, CancellationToken cancellation) =>
        table.DeleteEntityAsync(linkId, Keys.Link, ETag.All, cancellation);
}
