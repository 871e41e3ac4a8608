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

    /// <summary>The tombstone of an expired link.</summary>
    public const string Tombstone = "tombstone";

    /// <summary>The content of a finished message.</summary>
    public const string Content = "content";

    /// <summary>The rows of a message at the end of the audit period.</summary>
    public const string Audit = "audit";
}

/// <summary>Something that falls due. Only a pointer: whoever acts on it trusts the owner row alone.</summary>
/// <param name="Kind">One of <see cref="DueKinds"/>.</param>
/// <param name="At">The exact instant; its hour is part of the key.</param>
/// <param name="Id">Id of the message or of the link.</param>
/// <param name="MessageId">Id of the message.</param>
/// <param name="Attempt">The attempt at intake that wrote the row; null where it does not matter.</param>
internal sealed record Due(string Kind, DateTimeOffset At, string Id, string MessageId, string? Attempt = null);

/// <summary>The adapter of <see cref="TableNames.Due"/>: one table call for each method, one for each page of a list.</summary>
internal sealed class DueTable(TableServiceClient tables)
{
    private const string WatermarkPartition = "watermark";
    private readonly TableClient table = tables.GetTableClient(TableNames.Due);

    /// <summary>Inserts or replaces.</summary>
    public Task InsertAsync(Due due, CancellationToken cancellation) =>
        table.UpsertEntityAsync(
            new TableEntity(Partition(due.Kind, due.At, due.Id), due.Id)
            {
                [nameof(Due.At)] = due.At,
                [nameof(Due.MessageId)] = due.MessageId,
                [nameof(Due.Attempt)] = due.Attempt,
            },
            TableUpdateMode.Replace,
            cancellation
        );

    /// <summary>Deletes; a row that is not there is as good as deleted.</summary>
    public Task DeleteAsync(string kind, DateTimeOffset at, string id, CancellationToken cancellation) =>
        table.DeleteEntityAsync(Partition(kind, at, id), id, ETag.All, cancellation);

    /// <summary>The rows of one kind in the hour of <paramref name="hour"/> and one of <see cref="Keys.DueShards"/> shards.</summary>
    public async IAsyncEnumerable<Due> ListAsync(
        string kind,
        DateTimeOffset hour,
        int shard,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var partition = Keys.Due(kind, hour, shard);
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
            cancellationToken: cancellation
        );
        await foreach (var row in query)
        {
            yield return new Due(
                kind,
                row.GetDateTimeOffset(nameof(Due.At)) ?? hour,
                row.RowKey,
                row.GetString(nameof(Due.MessageId)) ?? row.RowKey,
                row.GetString(nameof(Due.Attempt))
            );
        }
    }

    /// <summary>The hour up to which everything of a kind is done; null before the first run.</summary>
    public async Task<DateTimeOffset?> WatermarkAsync(string kind, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            WatermarkPartition,
            kind,
            cancellationToken: cancellation
        );
        return row.HasValue ? row.Value!.GetDateTimeOffset(nameof(Due.At)) : null;
    }

    /// <summary>Says that all hours before <paramref name="hour"/> are done.</summary>
    public Task MoveWatermarkAsync(string kind, DateTimeOffset hour, CancellationToken cancellation) =>
        table.UpsertEntityAsync(
            new TableEntity(WatermarkPartition, kind) { [nameof(Due.At)] = hour },
            TableUpdateMode.Replace,
            cancellation
        );

    private static string Partition(string kind, DateTimeOffset at, string id) =>
        Keys.Due(kind, at, Keys.Shard(id, Keys.DueShards));
}
