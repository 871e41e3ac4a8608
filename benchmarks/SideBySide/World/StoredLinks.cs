using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.World;

/// <summary>What purging one link takes away.</summary>
internal sealed record StoredLink(
    IReadOnlyList<(string Container, string Blob)> Blobs,
    IReadOnlyList<(string Table, string Partition, string Row)> Rows
);

/// <summary>The product's rooms around links on a storage of their own, and messages with a link each as delivery leaves them.</summary>
internal sealed class StoredLinks : IDisposable
{
    /// <summary>Some days from now: within the audit period, or purging would remove the messages' rows as well.</summary>
    private static readonly DateTimeOffset First = new(DateTime.UtcNow.Date.AddDays(2), TimeSpan.Zero);

    private readonly IHost _host;

    private StoredLinks(IHost host) => _host = host;

    public int Concurrency => Get<IOptions<PurgingOptions>>().Value.Concurrency;

    /// <summary>Hours in which links end, some days from now.</summary>
    public static DateTimeOffset Hour(int n) => First.AddHours(n);

    public static async Task<StoredLinks> StartAsync(Azurite azurite)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = Environments.Development, DisableDefaults = true }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Events:ChainKey"] = Convert.ToBase64String(new byte[32]),
                ["Storage:HashKey"] = Convert.ToBase64String(new byte[32]),
                ["Storage:StateConnection"] = azurite.ConnectionString,
                ["Storage:ContentConnection"] = azurite.ConnectionString,
                ["Storage:TableTimeout"] = "00:01:00",
                ["Links:Host"] = "https://files.sender.example",
                ["Links:CompanyName"] = "Kit Trading",
            }
        );
        builder.Logging.ClearProviders();
        builder.Services.AddStorage().AddEvents().AddMessages().AddLinks().AddPages().AddPurging();
        var host = builder.Build();
        await host.StartAsync();
        return new StoredLinks(host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Writes completed messages whose one link ends in that hour, and their content with it.</summary>
    public async Task<IReadOnlyList<StoredLink>> AddAsync(int count, DateTimeOffset ends, bool withBlobs)
    {
        var stored = new StoredLink[count];
        var due = new ConcurrentBag<Due>();
        await Crowd.RunAsync(count, 32, async n => stored[n] = await AddOneAsync(ends, withBlobs, due));
        await Get<DueBatches>().InsertAsync(due, 8, default);
        return stored;
    }

    public void Dispose() => _host.Dispose();

    private async Task<StoredLink> AddOneAsync(DateTimeOffset ends, bool withBlobs, ConcurrentBag<Due> due)
    {
        var (id, token, created) = (Guid.NewGuid().ToString("n"), LinkToken.New(), DateTimeOffset.UtcNow);
        var message = new MessageRow(id)
        {
            Attempt = "01234567",
            Caller = "bench",
            Sender = BenchWorld.Sender,
            State = MessageState.Completed,
            CreatedAt = created,
            CompletedAt = created,
            RecipientCount = 1,
            DomainCount = 1,
            FileCount = 1,
            LinksUntil = ends,
            Blob = Keys.MessageBlob(created, id, "01234567"),
        };
        var recipient = new RecipientRow(id, message.Attempt, 0)
        {
            Sender = message.Sender,
            Address = "r@plain.example",
            Domain = "plain.example",
            State = RecipientState.Linked,
            LinkHashes = token.LinkId,
            LinkExpiresAt = ends,
        };
        var file = Keys.FileBlob(created, id, 1);
        var link = new LinkRow(token.LinkId, id, message.Attempt, 0, created, ends)
        {
            Sender = message.Sender,
            Files = [new LinkFile(1, "quotation.xlsx", "application/octet-stream", 12, file)],
        };
        await Get<MessageTable>().AddAsync([recipient, message], default);
        await Get<TableServiceClient>()
            .GetTableClient(TableNames.Links)
            .UpsertEntityAsync(LinkColumns.Write(link), TableUpdateMode.Replace);
        due.Add(new Due(DueKinds.Link, ends, link.LinkId, id));
        due.Add(ContentDue.AfterLinks(message));
        (string Container, string Blob)[] blobs =
        [
            (ContainerNames.Messages, message.Blob),
            (ContainerNames.Files, Keys.BodyBlob(created, id)),
            (ContainerNames.Files, file),
        ];
        foreach (var (container, blob) in withBlobs ? blobs : [])
        {
            await Get<BlobServiceClient>()
                .GetBlobContainerClient(container)
                .UploadBlobAsync(blob, BinaryData.FromString("confidential"));
        }

        return new StoredLink(
            blobs,
            [
                (TableNames.Links, link.LinkId, Keys.Link),
                DueRow(DueKinds.Link, ends, link.LinkId),
                DueRow(DueKinds.Content, ends, id),
            ]
        );
    }

    private static (string Table, string Partition, string Row) DueRow(string kind, DateTimeOffset at, string id) =>
        (TableNames.Due, Keys.Due(kind, at, Keys.Shard(id, Keys.DueShards)), id);
}
