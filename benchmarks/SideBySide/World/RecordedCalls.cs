using Azure.Data.Tables;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.World;

/// <summary>What the app asked of storage for one message, recorded between the two, with the rows that came of it.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Calls">In the order of arrival.</param>
/// <param name="Rows">The rows written, as they stood in the end; those that are gone again have few columns.</param>
internal sealed record RecordedCalls(
    string Id,
    IReadOnlyList<StorageCall> Calls,
    IReadOnlyDictionary<EntityOperation, TableEntity> Rows
)
{
    public int TableCalls => Calls.Count(call => call.Service == StorageService.Table);

    /// <summary>Blocks staged and committed count as one write of their blob.</summary>
    public int BlobWrites =>
        Calls
            .Where(call => call is { Service: StorageService.Blob, IsWrite: true })
            .Select(call => (call.Container, call.Name))
            .Distinct()
            .Count();

    /// <summary>Sends one message to get warm, then another that is recorded.</summary>
    public static async Task<RecordedCalls> OfAsync(
        Azurite azurite,
        StorageProxy proxy,
        AppProcess app,
        byte[] message,
        IReadOnlyCollection<string> recipients
    )
    {
        await CompleteAsync(proxy, app, message, recipients);
        var calls = await CompleteAsync(proxy, app, message, recipients);
        return new RecordedCalls(IdOf(calls), calls, await RowsAsync(azurite.NewTableClient(), calls));
    }

    /// <summary>Sends one message and waits until it is finished.</summary>
    public static async Task<IReadOnlyList<StorageCall>> CompleteAsync(
        StorageProxy proxy,
        AppProcess app,
        byte[] message,
        IReadOnlyCollection<string> recipients
    )
    {
        var before = proxy.Calls.Count;
        using var content = new ByteArrayContent(message);
        var id = await Mail.PostAsync(app, content, recipients);
        await Eventually.BeTrueAsync(
            () => proxy.CallsSince(before).Any(call => IsLast(call, id)),
            TimeSpan.FromMinutes(2),
            () => app.Output
        );
        return proxy.CallsSince(before);
    }

    /// <summary>A delivery ends by taking the message off the list of open ones.</summary>
    public static bool IsLast(StorageCall call, string? id = null) =>
        call is { Method: "DELETE", Status: not null, Entities: [{ Table: "Due" } due] }
        && (id is null || due.RowKey == id)
        && due.PartitionKey.StartsWith("open|", StringComparison.Ordinal);

    private static string IdOf(IReadOnlyList<StorageCall> calls) =>
        calls.SelectMany(call => call.Entities).First(entity => entity.RowKey == "m").PartitionKey;

    private static async Task<Dictionary<EntityOperation, TableEntity>> RowsAsync(
        TableServiceClient tables,
        IReadOnlyList<StorageCall> calls
    )
    {
        var rows = new Dictionary<EntityOperation, TableEntity>();
        foreach (var entity in calls.SelectMany(call => call.Entities).Where(entity => entity.IsWrite).Distinct())
        {
            var table = tables.GetTableClient(entity.Table);
            var found = await table.GetEntityIfExistsAsync<TableEntity>(entity.PartitionKey, entity.RowKey);
            rows[entity] = found.HasValue
                ? found.Value!
                : new TableEntity
                {
                    ["At"] = DateTimeOffset.UtcNow,
                    ["MessageId"] = entity.RowKey,
                    ["Attempt"] = "01234567",
                };
        }

        return rows;
    }
}
