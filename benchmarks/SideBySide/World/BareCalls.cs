using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.World;

/// <summary>
/// The same storage calls and the same SMTP transaction as the app makes for one message, and nothing else: the recorded calls one after
/// the other, under another id, by the product's own clients.
/// </summary>
internal sealed class BareCalls
{
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly RecordedCalls _recorded;
    private readonly byte[] _message;
    private readonly int _intake;
    private readonly int _content;

    private BareCalls(TableServiceClient tables, BlobServiceClient blobs, RecordedCalls recorded, byte[] message)
    {
        (_tables, _blobs, _recorded, _message) = (tables, blobs, recorded, message);
        var calls = recorded.Calls.Index().ToList();
        _intake = 1 + calls.First(call => call.Item.Writes("Messages", "m")).Index;
        _content = calls.Last(call => call.Item is { Service: StorageService.Blob, Method: "GET" }).Index;
    }

    public static async Task<BareCalls> OnAsync(Azurite azurite, RecordedCalls recorded, byte[] message)
    {
        var options = new StorageOptions
        {
            StateConnection = azurite.ConnectionString,
            ContentConnection = azurite.ConnectionString,
        };
        var tables = StorageClients.Tables(options, () => StorageClients.Credential(options));
        var blobs = StorageClients.Blobs(options, () => StorageClients.Credential(options));
        foreach (var name in TableNames.All)
        {
            await tables.CreateTableIfNotExistsAsync(name);
        }

        foreach (var name in ContainerNames.All)
        {
            await blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync();
        }

        return new BareCalls(tables, blobs, recorded, message);
    }

    /// <summary>What intake asks of storage up to its commit.</summary>
    public async Task<string> TakeInAsync()
    {
        var id = Guid.NewGuid().ToString("n");
        await RunAsync(id, 0, _intake);
        return id;
    }

    /// <summary>The rest: the content and the claim before DATA, what came of it afterwards.</summary>
    public async Task DeliverAsync(string id, IPEndPoint server, string host, string recipient, BenchWorld world)
    {
        var claimed = _content + 2;
        await RunAsync(id, _intake, _content);
        await using var smtp = await RawSmtp.SecureAsync(server, host, world.World.Authority.NewPolicy);
        await smtp.SendAsync(BenchWorld.Sender, recipient, () => RunAsync(id, _content, claimed), _message);
        await smtp.QuitAsync();
        await RunAsync(id, claimed, _recorded.Calls.Count);
    }

    private async Task RunAsync(string id, int from, int before)
    {
        foreach (var call in _recorded.Calls.Take(from..before))
        {
            await (call.Service == StorageService.Table ? CallTableAsync(call, id) : CallBlobAsync(call, id));
        }
    }

    private async Task CallTableAsync(StorageCall call, string id)
    {
        if (call.Kind == "$batch")
        {
            var actions = call.Entities.Select(entity => new TableTransactionAction(
                entity.Method == "POST" ? TableTransactionActionType.Add : TableTransactionActionType.UpsertReplace,
                Row(entity, id)
            ));
            await _tables.GetTableClient(call.Entities[0].Table).SubmitTransactionAsync(actions);
            return;
        }

        var table = _tables.GetTableClient(call.Entities is [var one] ? one.Table : call.Container);
        switch (call.Method)
        {
            case "PUT":
                await table.UpsertEntityAsync(Row(call.Entities[0], id), TableUpdateMode.Replace);
                break;
            case "PATCH":
                await table.UpdateEntityAsync(Row(call.Entities[0], id), ETag.All, TableUpdateMode.Merge);
                break;
            case "DELETE":
                await table.DeleteEntityAsync(Key(call.Entities[0].PartitionKey, id), Key(call.Entities[0].RowKey, id));
                break;
            case "GET" when call.Entities is [var point]:
                await table.GetEntityIfExistsAsync<TableEntity>(Key(point.PartitionKey, id), Key(point.RowKey, id));
                break;
            case "GET":
                await foreach (var _ in table.QueryAsync<TableEntity>(Key(call.Filter, id))) { }

                break;
            default:
                throw new NotSupportedException($"{call}");
        }
    }

    private async Task CallBlobAsync(StorageCall call, string id)
    {
        var blob = _blobs.GetBlobContainerClient(call.Container).GetBlockBlobClient(Key(call.Name, id));
        switch (call)
        {
            case { Method: "PUT", Kind: "" }:
                using (var content = new MemoryStream(_message, writable: false))
                {
                    await blob.UploadAsync(content);
                }

                break;
            case { Method: "HEAD" }:
                await blob.GetPropertiesAsync();
                break;
            case { Method: "GET" }:
                using (var content = (await blob.DownloadStreamingAsync()).Value)
                {
                    await content.Content.CopyToAsync(Stream.Null);
                }

                break;
            default:
                throw new NotSupportedException($"{call}");
        }
    }

    private TableEntity Row(EntityOperation entity, string id) =>
        new(_recorded.Rows[entity]) { PartitionKey = Key(entity.PartitionKey, id), RowKey = Key(entity.RowKey, id) };

    private string Key(string text, string id) => text.Replace(_recorded.Id, id, StringComparison.Ordinal);
}
