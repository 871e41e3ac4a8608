using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>One entry of the index.</summary>
/// <param name="Id">The message.</param>
/// <param name="CreatedAt">When intake took it.</param>
internal sealed record IndexEntry(string Id, DateTimeOffset CreatedAt);

/// <summary>A caller's messages, newest first, all of them or those of one address. An entry without a message is possible: skip it.</summary>
internal sealed class RecentMessages(TableServiceClient tables, AddressHash hash)
{
    /// <summary>Months that are looked through, the one of the newest included.</summary>
    public const int Months = 4;

    private readonly TableClient table = tables.GetTableClient(TableNames.Index);

    /// <summary>At most <paramref name="count"/> messages that intake took before an instant: 8 queries for each month looked at.</summary>
    public async Task<IReadOnlyList<IndexEntry>> BeforeAsync(
        string caller,
        DateTimeOffset before,
        int count,
        CancellationToken cancellation
    ) =>
        await FindAsync(
            caller,
            before,
            count,
            [(Keys.IndexByTime(before.AddTicks(-1), ""), Keys.After("t|"))],
            cancellation
        );

    /// <summary>At most <paramref name="count"/> messages from or to an address, by the keyed hash of it.</summary>
    public async Task<IReadOnlyList<IndexEntry>> OfAddressAsync(
        string caller,
        string address,
        DateTimeOffset now,
        int count,
        CancellationToken cancellation
    )
    {
        var hashed = hash.Of(address);
        return await FindAsync(
            caller,
            now,
            count,
            [.. ((string[])[$"s|{hashed}|", $"r|{hashed}|"]).Select(prefix => (prefix, Keys.After(prefix)))],
            cancellation
        );
    }

    private async Task<IReadOnlyList<IndexEntry>> FindAsync(
        string caller,
        DateTimeOffset newest,
        int count,
        IReadOnlyList<(string From, string Before)> ranges,
        CancellationToken cancellation
    )
    {
        List<IndexEntry> found = [];
        for (var month = 0; month < Months && found.Count < count; month++)
        {
            var at = newest.UtcDateTime.AddMonths(-month);
            var shards = Enumerable
                .Range(0, Keys.IndexShards)
                .Select(shard => string.Create(CultureInfo.InvariantCulture, $"{caller}|{at:yyyyMM}|{shard}"));
            var parts = await Task.WhenAll(
                from partition in shards
                from range in ranges
                select FirstAsync(partition, range, count, cancellation)
            );
            found.AddRange(parts.SelectMany(part => part));
        }

        return
        [
            .. found
                .DistinctBy(entry => entry.Id, StringComparer.Ordinal)
                .OrderByDescending(entry => entry.CreatedAt)
                .Take(count),
        ];
    }

    private async Task<List<IndexEntry>> FirstAsync(
        string partition,
        (string From, string Before) range,
        int count,
        CancellationToken cancellation
    )
    {
        List<IndexEntry> found = [];
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {range.From} and RowKey lt {range.Before}"
            ),
            maxPerPage: count,
            select: ["MessageId", "CreatedAt"],
            cancellationToken: cancellation
        );
        await foreach (var row in query)
        {
            found.Add(new IndexEntry(row.GetString("MessageId"), row.GetDateTimeOffset("CreatedAt") ?? default));
            if (found.Count == count)
            {
                break;
            }
        }

        return found;
    }
}
