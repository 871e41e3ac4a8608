namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>The two services of storage.</summary>
public enum StorageService
{
    Blob,
    Table,
}

/// <summary>One request to storage, as it went over the wire.</summary>
/// <param name="Number">Counts up from 1 in the order of arrival.</param>
/// <param name="Method">The HTTP method; <c>PATCH</c> also where the client sent <c>MERGE</c>.</param>
/// <param name="Container">Container or table; empty for a batch and for the service itself.</param>
/// <param name="Name">The blob's name; empty where none.</param>
/// <param name="Kind">The <c>comp</c> of a blob request (<c>block</c>, <c>blocklist</c>…), <c>$batch</c>, or empty.</param>
/// <param name="Filter">The <c>$filter</c> of a table query; empty where none.</param>
/// <param name="Entities">The entities named: one for a point operation, all of a batch, none for a query.</param>
public sealed record StorageCall(
    int Number,
    StorageService Service,
    string Method,
    string Container,
    string Name,
    string Kind,
    string Filter,
    IReadOnlyList<EntityOperation> Entities
)
{
    /// <summary>The status that was answered; null while on its way and where the answer was withheld.</summary>
    public int? Status { get; internal set; }

    /// <summary>When it came in, as <c>Stopwatch.GetTimestamp</c> counts.</summary>
    public long ArrivedAt { get; internal set; }

    /// <summary>When storage had answered, counted likewise; 0 while on its way.</summary>
    public long AnsweredAt { get; internal set; }

    /// <summary>Anything but GET and HEAD.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD");

    /// <summary>Whether an entity of the table is written whose row key begins so.</summary>
    public bool Writes(string table, string rowKeyPrefix = "") =>
        Entities.Any(e => e.IsWrite && e.Table == table && e.RowKey.StartsWith(rowKeyPrefix, StringComparison.Ordinal));

    public override string ToString() =>
        $"{Number} {Service} {Method} {Container}{(Name.Length > 0 ? $"/{Name}" : "")} {Kind} {Filter} -> {Status} "
        + string.Join(", ", Entities);
}

/// <summary>One operation on one entity.</summary>
public sealed record EntityOperation(string Method, string Table, string PartitionKey, string RowKey)
{
    public bool IsWrite => Method is not "GET";

    public override string ToString() => $"{Method} {Table}({PartitionKey}, {RowKey})";
}
