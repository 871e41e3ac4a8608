using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes what is known of domains and is of no use any more: verdicts, MTA-STS policies, leases of probes that were cut off.</summary>
internal sealed class VerdictPurge(TableServiceClient tables, DueBatches due, IOptions<PurgingOptions> options)
    : IDuePurge
{
    private const string LeaseEnd = "Until";
    private readonly TableClient table = tables.GetTableClient(TableNames.Verdicts);

    public IReadOnlyList<string> Kinds { get; } = [DueKinds.Verdict];

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            rows.Select(row => row.MessageId).Distinct(StringComparer.Ordinal),
            options.Value.AtOnce(cancellation),
            (domain, stop) => RemoveAsync(domain, now, stop)
        );
        // As they were read: who writes the domain anew within the same day writes this very row.
        await due.DeleteAsync(rows, options.Value.Concurrency, cancellation);
        return new Purged(rows);
    }

    private async ValueTask RemoveAsync(string domain, DateTimeOffset now, CancellationToken cancellation)
    {
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {domain}"),
            select: ["PartitionKey", "RowKey", Keeping.Column, LeaseEnd],
            cancellationToken: cancellation
        );
        await foreach (var row in query)
        {
            if (IsOver(row, now))
            {
                await RemoveAsync(row, cancellation);
            }
        }
    }

    /// <summary>The row itself says how long it is of use; one that says nothing stays. A lease that ended is anybody's to take. Pure.</summary>
    private static bool IsOver(TableEntity row, DateTimeOffset now) =>
        (row.GetDateTimeOffset(Keeping.Column) ?? row.GetDateTimeOffset(LeaseEnd)) <= now;

    /// <summary>Not what somebody has written anew meanwhile.</summary>
    private async Task RemoveAsync(TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
        catch (Azure.RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Written anew, or gone already.
        }
    }
}
