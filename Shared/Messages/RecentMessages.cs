using System.Globalization;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>One entry of the index.</summary>
/// <param name="Id">The message.</param>
/// <param name="CreatedAt">When intake took it.</param>
internal sealed record IndexEntry(string Id, DateTimeOffset CreatedAt);

/// <summary>Which entries of a caller's index are looked for, newest first.</summary>
/// <param name="Caller">Whose.</param>
/// <param name="After">Those that come after this one; with no id, those which are older than its instant.</param>
/// <param name="Oldest">Those that are not older than this instant.</param>
internal sealed record IndexRange(string Caller, IndexEntry After, DateTimeOffset Oldest)
{
    /// <summary>What row keys begin with, one of them: everything, or the hash of an address.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [RecentMessages.All];
}

/// <summary>Entries that were found.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Rest">After this one may be more; null where there are none.</param>
internal sealed record IndexPage(IReadOnlyList<IndexEntry> Entries, IndexEntry? Rest);

/// <summary>A caller's messages, newest first, all of them or those of one address. An entry without a message is possible: skip it.</summary>
internal sealed class RecentMessages(TableServiceClient tables, AddressHash hash)
{
    /// <summary>Months that one look goes through, the one of the newest included.</summary>
    public const int Months = 4;

    /// <summary>Prefix of the entries of all messages.</summary>
    public const string All = "t|";

    private readonly TableClient table = tables.GetTableClient(TableNames.Index);

    /// <summary>At most <paramref name="count"/> messages that come after an entry, see <see cref="IndexRange.After"/>: 8 queries for each month looked at.</summary>
    public async Task<IReadOnlyList<IndexEntry>> AfterAsync(
        string caller,
        IndexEntry last,
        int count,
        CancellationToken cancellation
    ) => (await FindAsync(AllAfter(caller, last), count, cancellation)).Entries;

    /// <summary>As <see cref="AfterAsync"/>, of the messages from or to an address, by the keyed hash of it.</summary>
    public async Task<IReadOnlyList<IndexEntry>> OfAddressAsync(
        string caller,
        string address,
        IndexEntry last,
        int count,
        CancellationToken cancellation
    )
    {
        var range = AllAfter(caller, last) with { Prefixes = [OfSender(address), OfRecipient(address)] };
        return (await FindAsync(range, count, cancellation)).Entries;
    }

    /// <summary>Prefix of the entries of messages from an address.</summary>
    public string OfSender(string address) => $"s|{hash.Of(address)}|";

    /// <summary>Prefix of the entries of messages to an address.</summary>
    public string OfRecipient(string address) => $"r|{hash.Of(address)}|";

    /// <summary>The first instant of the oldest month in which a caller has entries, by one query; null where it has none.</summary>
    public async Task<DateTimeOffset?> OldestMonthAsync(string caller, CancellationToken cancellation)
    {
        var (from, before) = ($"{caller}|", Keys.After($"{caller}|"));
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {before}"),
            maxPerPage: 1,
            select: ["PartitionKey"],
            cancellationToken: cancellation
        );
        await foreach (var row in query)
        {
            return DateTimeOffset.ParseExact(
                row.PartitionKey.Split('|')[1],
                "yyyyMM",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            );
        }

        return null;
    }

    /// <summary>At most <paramref name="count"/> entries: 8 queries a prefix for each of at most <see cref="Months"/> months.</summary>
    public async Task<IndexPage> FindAsync(IndexRange range, int count, CancellationToken cancellation)
    {
        List<IndexEntry> found = [];
        var month = MonthOf(range.After.Id.Length > 0 ? range.After.CreatedAt : range.After.CreatedAt.AddTicks(-1));
        for (var n = 0; n < Months && found.Count < count && month >= MonthOf(range.Oldest); n++)
        {
            var parts = await Task.WhenAll(
                from shard in Enumerable.Range(0, Keys.IndexShards)
                from prefix in range.Prefixes
                select FirstAsync(Partition(range.Caller, month, shard), RowsOf(range, prefix), count, cancellation)
            );
            found.AddRange(parts.SelectMany(part => part));
            month = month.AddMonths(-1);
        }

        IndexEntry[] entries =
        [
            .. found
                .DistinctBy(entry => entry.Id, StringComparer.Ordinal)
                .OrderByDescending(entry => entry.CreatedAt)
                .ThenBy(entry => entry.Id, StringComparer.Ordinal)
                .Take(count),
        ];
        return new IndexPage(
            entries,
            entries.Length == count ? entries[^1]
                : month >= MonthOf(range.Oldest) ? new IndexEntry("", month.AddMonths(1))
                : null
        );
    }

    private static IndexRange AllAfter(string caller, IndexEntry last) => new(caller, last, DateTimeOffset.UnixEpoch);

    private static DateTimeOffset MonthOf(DateTimeOffset at) =>
        new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Partition(string caller, DateTimeOffset month, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{caller}|{month:yyyyMM}|{shard}");

    private static (string From, string Before) RowsOf(IndexRange range, string prefix) =>
        (
            Keys.After($"{prefix}{Keys.IndexPlace(range.After.CreatedAt, range.After.Id)}"),
            Keys.After($"{prefix}{Keys.IndexPlace(range.Oldest, "")}")
        );

    private async Task<List<IndexEntry>> FirstAsync(
        string partition,
        (string From, string Before) rows,
        int count,
        CancellationToken cancellation
    )
    {
        List<IndexEntry> found = [];
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {rows.From} and RowKey lt {rows.Before}"
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
