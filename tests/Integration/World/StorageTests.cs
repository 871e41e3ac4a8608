using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.World;

public sealed class StorageTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task A_managed_identity_mints_a_user_delegation_SAS_that_storage_takes()
    {
        var (container, content) = (await NewContainerAsync(), new BinaryData("confidential"u8.ToArray()));
        await container.UploadBlobAsync("a b/資料.txt", content);
        var blob = container.GetBlobClient("a b/資料.txt");

        var sas = await UriWithSasAsync(blob, DateTimeOffset.UtcNow.AddMinutes(5));
        using var client = world.Authority.NewClient();
        (await client.GetStringAsync(sas)).ShouldBe("confidential");

        using var refused = await client.GetAsync(await UriWithSasAsync(blob, DateTimeOffset.UtcNow.AddSeconds(-5)));
        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        using var anonymous = await client.GetAsync(blob.Uri);
        anonymous.IsSuccessStatusCode.ShouldBeFalse("storage must refuse who has neither token nor SAS");
    }

    [Fact]
    public async Task Tables_take_bearer_tokens_and_the_proxy_reads_the_keys()
    {
        var (table, proxy) = (await NewTableAsync(), await world.Storage);
        var before = proxy.Calls.Count;
        await table.AddEntityAsync(new TableEntity("p", "m"));
        await table.UpsertEntityAsync(new TableEntity("p", "it's:0"));
        await table.UpdateEntityAsync(new TableEntity("p", "m") { ["x"] = 1 }, ETag.All);
        await table.SubmitTransactionAsync([
            new(TableTransactionActionType.Add, new TableEntity("p", "r:0")),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r:1")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "m"), ETag.All),
        ]);
        (await table.QueryAsync<TableEntity>(e => e.PartitionKey == "p").ToListAsync()).Count.ShouldBe(3);

        var calls = proxy.CallsSince(before).Where(c => c.Container is "" || c.Container == table.Name).ToList();
        string.Join('\n', calls.SelectMany(c => c.Entities).Select(e => $"{e.Method} {e.PartitionKey} {e.RowKey}"))
            .ShouldBe("POST p m\nPATCH p it's:0\nPATCH p m\nPOST p r:0\nPATCH p r:1\nDELETE p m");
        calls.Count.ShouldBe(5, "a batch counts as one call");
        calls[3].Kind.ShouldBe("$batch");
        calls[4].Filter.ShouldBe("PartitionKey eq 'p'");
        calls.ShouldAllBe(c => c.Status >= 200 && c.Status < 300);
    }

    [Fact]
    public async Task The_proxy_tells_the_blocks_of_a_blob_from_their_commit()
    {
        var (container, proxy) = (await NewContainerAsync(), await world.Storage);
        var options = new BlobUploadOptions
        {
            TransferOptions = new() { MaximumTransferSize = 1 << 20, InitialTransferSize = 1 << 20 },
        };
        var body = new byte[3 << 20];
        Random.Shared.NextBytes(body);
        await container.GetBlobClient("big").UploadAsync(new MemoryStream(body), options);

        var calls = proxy.Calls.Where(c => c.Container == container.Name && c.Name == "big").ToList();
        calls.Count(c => c is { Method: "PUT", Kind: "block" }).ShouldBe(3);
        calls.Count(c => c is { Method: "PUT", Kind: "blocklist" }).ShouldBe(1);
        (await container.GetBlobClient("big").DownloadContentAsync()).Value.Content.ToArray().ShouldBe(body);
    }

    [Fact]
    public async Task A_stall_before_keeps_the_request_from_storage_until_released()
    {
        var (table, proxy) = (await NewTableAsync(), await world.Storage);
        using var stall = proxy.StallWhen(c => c.Writes(table.Name, "held"), before: true);
        var adding = table.AddEntityAsync(new TableEntity("p", "held"));
        (await stall.Reached.WaitAsync(Eventually.Patience)).Entities.Single().RowKey.ShouldBe("held");
        (await ExistsAsync(table, "held")).ShouldBeFalse();
        adding.IsCompleted.ShouldBeFalse();
        stall.Release();
        await adding;
        (await ExistsAsync(table, "held")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stall_after_withholds_only_the_answer_and_a_dead_client_ends_it()
    {
        var (table, proxy) = (await NewTableAsync(), await world.Storage);
        using var stall = proxy.StallWhen(c => c.Writes(table.Name, "done"), before: false);
        using var death = new CancellationTokenSource();
        var adding = table.AddEntityAsync(new TableEntity("p", "done"), death.Token);
        var call = await stall.Reached.WaitAsync(Eventually.Patience);
        (await ExistsAsync(table, "done")).ShouldBeTrue("the request is forwarded, only its answer is withheld");
        await death.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(adding);
        call.Status.ShouldBeNull("no answer was given");
    }

    [Theory]
    [InlineData(StorageFault.Unavailable, false)]
    [InlineData(StorageFault.Reset, false)]
    [InlineData(StorageFault.ResetAfterwards, true)]
    public async Task A_failure_hits_as_many_requests_as_it_was_told_to(StorageFault fault, bool done)
    {
        var (table, proxy) = (await NewTableAsync(maxRetries: 0), await world.Storage);
        using var failure = proxy.FailWhen(c => c.Writes(table.Name, "row"), fault, times: 1);
        var failed = await Should.ThrowAsync<RequestFailedException>(() =>
            table.UpsertEntityAsync(new TableEntity("p", "row"))
        );
        failed.Status.ShouldBe(fault == StorageFault.Unavailable ? 503 : 0);
        (await ExistsAsync(table, "row")).ShouldBe(done);
        await table.UpsertEntityAsync(new TableEntity("p", "row"));
        failure.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_plain_flavour_takes_the_account_key_through_the_proxy()
    {
        await using var plain = await Azurite.StartPlainAsync(world.Folder);
        await using var proxy = await StorageProxy.StartAsync(plain, world.Authority);
        var connection = Azurite.ConnectionStringFor(proxy.BlobUri, proxy.TableUri);
        var table = new TableClient(connection, "Rows");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "s"))]);
        var container = new BlobContainerClient(connection, "files");
        await container.CreateAsync();
        await container.UploadBlobAsync("x y+z", new BinaryData("1"));
        proxy.Calls.ShouldAllBe(c => c.Status < 300);
        proxy.Calls.Count.ShouldBe(5);
    }

    private async Task<Uri> UriWithSasAsync(BlobClient blob, DateTimeOffset until)
    {
        var service = await BlobsByManagedIdentityAsync();
        var key = await service.GetUserDelegationKeyAsync(
            new BlobGetUserDelegationKeyOptions(DateTimeOffset.UtcNow.AddHours(1))
            {
                StartsOn = DateTimeOffset.UtcNow.AddMinutes(-5),
            }
        );
        var sas = new BlobSasBuilder(BlobSasPermissions.Read, until)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Protocol = SasProtocol.Https,
        };
        return new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(key.Value, Azurite.Account) }.ToUri();
    }

    /// <summary>By the very credential that the app uses on Azure; its settings come from the environment.</summary>
    private async Task<BlobServiceClient> BlobsByManagedIdentityAsync()
    {
        foreach (var (name, value) in (await world.Identity).Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        var options = new BlobClientOptions { Transport = new HttpClientTransport(world.Authority.NewHandler()) };
        var credential = new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
        return new BlobServiceClient((await world.Storage).BlobUri, credential, options);
    }

    private async Task<BlobContainerClient> NewContainerAsync()
    {
        var container = (await BlobsByManagedIdentityAsync()).GetBlobContainerClient($"c{Guid.NewGuid():n}");
        await container.CreateAsync();
        return container;
    }

    private async Task<TableClient> NewTableAsync(int maxRetries = 3)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(world.Authority.NewHandler()) };
        options.Retry.MaxRetries = maxRetries;
        var credential = (await world.Identity).Credential;
        var table = new TableClient((await world.Storage).TableUri, $"T{Guid.NewGuid():n}", credential, options);
        await table.CreateAsync();
        return table;
    }

    private async Task<bool> ExistsAsync(TableClient table, string row) =>
        (
            await (await world.Azurite)
                .NewTableClient()
                .GetTableClient(table.Name)
                .GetEntityIfExistsAsync<TableEntity>("p", row)
        ).HasValue;
}
