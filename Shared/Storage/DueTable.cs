using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace TlsOrLink.Storage;

/// <summary>Kinds of due rows.</summary>
internal static class DueKinds
{
    /// <summary>A message that is not finished, by the hour in which it was created.</summary>
    public const string Open = "open";

    /// <summary>A download link that expires.</summary>
    public const string Link = "link";

    /// <summary>A download link of which its recipient is to be reminded.</summary>
    public const string Reminder = "reminder";

    /// <summary>The tombstone of an expired link.</summary>
    public const string Tombstone = "tombstone";

    /// <summary>An upload session whose time is over; its owner is a caller.</summary>
    public const string Upload = "upload";

    /// <summary>The content of a finished message.</summary>
    public const string Content = "content";

    /// <summary>A message whose chains grew on a later day than that of its intake, by that day: to be sealed with it.</summary>
    public const string Head = "head";

    /// <summary>A message with events that are to be pushed, by the hour in which they happened.</summary>
    public const string Event = "event";

    /// <summary>A new subscription, of which other instances may not know yet; its owner is a caller.</summary>
    public const string Watch = "watch";

    /// <summary>The rows of a message at the end of the audit period.</summary>
    public const string Audit = "audit";

    /// <summary>What is known of a domain (verdict, MTA-STS policy) and is of no use any more; its id is the domain.</summary>
    public const string Verdict = "verdict";
}

/// <summary>Something that falls due. Only a pointer: whoever acts on it trusts the owner row alone.</summary>
/// <param name="Kind">One of <see cref="DueKinds"/>.</param>
/// <param name="At">The exact instant; its hour is part of the key.</param>
/// <param name="Id">Id of the message, of the link or of the upload.</param>
/// <param name="MessageId">Id of the message; of an upload the name of its caller.</param>
/// <param name="Attempt">The attempt at intake that wrote the row; null where it does not matter.</param>
internal sealed record Due(string Kind, DateTimeOffset At, string Id, string MessageId, string? Attempt = null)
{
    /// <summary>When it fell due first, of what could not be done then; null for what is due for the first time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it fell due first.</summary>
    public DateTimeOffset FirstAt => Since ?? At;

    /// <summary>Version of the row as listed; default for a row that is not yet stored.</summary>
    public ETag ETag { get; init; }
}

/// <summary>The adapter of <see cref="TableNames.Due"/>: one table call for each method, one for each page of a list.</summary>
internal sealed class DueTable(TableServiceClient tables)
{
    private const string WatermarkPartition = "watermark";
    private readonly TableClient table = tables.GetTableClient(TableNames.Due);

    /// <summary>Inserts or replaces.</summary>
    public Task InsertAsync(Due due, CancellationToken cancellation) =>
        table.UpsertEntityAsync(ToEntity(due), TableUpdateMode.Replace, cancellation);

    /// <summary>Deletes; a row that is not there is as good as deleted.</summary>
    public Task DeleteAsync(string kind, DateTimeOffset at, string id, CancellationToken cancellation) =>
        table.DeleteEntityAsync(Partition(kind, at, id), id, ETag.All, cancellation);

    /// <summary>Deletes the row as it was read.</summary>
    /// <returns>Conflict where somebody wrote it again meanwhile; a row that is gone is done.</returns>
    public async Task<WriteOutcome> DeleteAsync(Due due, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(PartitionOf(due), due.Id, due.ETag, cancellation);
            return WriteOutcome.Done;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 412)
        {
            return WriteOutcome.Conflict;
        }
    }

    /// <summary>
    /// What fell due from the hour of <paramref name="from"/> up to <paramref name="now"/>, oldest hour first: one range query over
    /// all hours and shards, one call for each 1,000 rows.
    /// </summary>
    /// <param name="kind">One of <see cref="DueKinds"/>.</param>
    /// <param name="from">Earlier hours are not read; null for all.</param>
    /// <param name="now">Rows whose instant is later are left.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<Due> ListAsync(
        string kind,
        DateTimeOffset? from,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var first = $"{kind}|{(from is { } hour ? Keys.Hour(hour) : "")}";
        var after = $"{kind}|{Keys.Hour(now)}~";
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {after} and At le {now}"),
            cancellationToken: cancellation
        );
        await foreach (var row in query)
        {
            yield return new Due(
                kind,
                row.GetDateTimeOffset(nameof(Due.At)) ?? now,
                row.RowKey,
                Value<string>(row, nameof(Due.MessageId)) ?? row.RowKey,
                Value<string>(row, nameof(Due.Attempt))
            )
            {
                Since = Value<DateTimeOffset?>(row, nameof(Due.Since)),
                ETag = row.ETag,
            };
        }
    }

    /// <summary>By kind, the hour before which everything is done; kinds that never ran are absent. One call.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> WatermarksAsync(CancellationToken cancellation)
    {
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {WatermarkPartition}"),
            cancellationToken: cancellation
        );
        Dictionary<string, DateTimeOffset> hours = new(StringComparer.Ordinal);
        await foreach (var row in query)
        {
            if (row.GetDateTimeOffset(nameof(Due.At)) is { } hour)
            {
                hours[row.RowKey] = hour;
            }
        }

        return hours;
    }

    /// <summary>Says that all hours before <paramref name="hour"/> are done for these kinds, at least one. One call.</summary>
    public Task MoveWatermarksAsync(IEnumerable<string> kinds, DateTimeOffset hour, CancellationToken cancellation) =>
        table.SubmitTransactionAsync(
            kinds.Select(kind => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity(WatermarkPartition, kind) { [nameof(Due.At)] = hour }
            )),
            cancellation
        );

    /// <summary>Both stand under one key: inserting one replaces the other.</summary>
    public static bool IsSameKey(Due one, Due other) =>
        string.Equals(one.Id, other.Id, StringComparison.Ordinal)
        && string.Equals(PartitionOf(one), PartitionOf(other), StringComparison.Ordinal);

    /// <summary>Rows of one partition can be written in one call: see <see cref="DueBatches"/>.</summary>
    public static string PartitionOf(Due due) => Partition(due.Kind, due.At, due.Id);

    /// <summary>The row as the table keeps it.</summary>
    public static TableEntity ToEntity(Due due) =>
        new(PartitionOf(due), due.Id)
        {
            [nameof(Due.At)] = due.At,
            [nameof(Due.MessageId)] = due.MessageId,
            [nameof(Due.Attempt)] = due.Attempt,
            [nameof(Due.Since)] = due.Since,
        };

    /// <summary>A column of another type is as good as none: one damaged row must not end a list.</summary>
    private static T? Value<T>(TableEntity row, string column) =>
        row.TryGetValue(column, out var value) && value is T known ? known : default;

    private static string Partition(string kind, DateTimeOffset at, string id) =>
        Keys.Due(kind, at, Keys.Shard(id, Keys.DueShards));
}
