using Azure.Data.Tables;
using Azure.Storage.Blobs;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Purging;

/// <summary>Many messages of which a tenth expires: the app's own purge, killed in its middle.</summary>
public sealed class PurgeCampaignTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TLSORLINK_LONG") == "1";
    private static readonly int Messages = IsLong ? 10_000 : 1_000;
    private static readonly int Expiring = Messages / 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(IsLong ? 10 : 3);

    /// <summary>Nothing else runs while calls are counted.</summary>
    private static readonly (string, string)[] Settings =
    [
        ("DOTNET_ENVIRONMENT", "Development"),
        ("Purging__Schedule", "* * * * * *"),
        ("Auditing__Schedule", "0 0 0 1 1 *"),
        ("Reconciling__Schedule", "0 0 0 1 1 *"),
    ];

    [Fact]
    public async Task One_run_reads_what_is_due_alone_and_a_kill_in_its_middle_costs_nothing()
    {
        await using var rooms = await Rooms.StartSecureAsync(
            await world.Storage,
            (await world.Identity).Credential,
            world.Authority.NewHandler()
        );
        var links = await SeedAsync(rooms);
        var live = links.Where(link => !link.IsDue).ToList();
        var proxy = await world.Storage;
        var (before, ended) = (proxy.Calls.Count, 0);
        using (
            var stall = proxy.StallWhen(
                call => call.Writes(TableNames.Links) && Interlocked.Increment(ref ended) == Expiring / 2,
                before: true
            )
        )
        {
            var app = await world.StartAppAsync(Settings);
            await stall.Reached.WaitAsync(Patience);
            app.Kill();
            (await EndedAsync()).ShouldBeInRange(1, Expiring - 1, "killed in its middle");
            await app.RestartAsync();
            await WaitAsync(app);
        }

        var calls = proxy.CallsSince(before);
        var touched = calls.SelectMany(Keys).ToHashSet(StringComparer.Ordinal);
        output.WriteLine(
            $"{Messages} messages, {Expiring} expired: {calls.Count} storage calls from the first start to the end, the kill and both starts included; "
                + $"of {live.Count} live links and messages {live.Count(link => touched.Contains(link.Id))} were read."
        );
        live.ShouldAllBe(link => !touched.Contains(link.Id) && !touched.Contains(link.MessageId));
        calls.Count.ShouldBeLessThan(12 * Expiring + 400);
        (await CountAsync(TableNames.Links, "IsTombstone eq false")).ShouldBe(live.Count);
        (await BlobsAsync()).ShouldBe(live.Count, "exactly the files of what expired are gone");
    }

    private sealed record Seeded(string Id, string MessageId, bool IsDue);

    private static async Task<IReadOnlyList<Seeded>> SeedAsync(Rooms rooms)
    {
        var now = DateTimeOffset.UtcNow;
        var seeded = new Seeded[Messages];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Messages),
            new ParallelOptions { MaxDegreeOfParallelism = 24 },
            async (i, cancellation) =>
            {
                var isDue = i % (Messages / Expiring) == 0;
                var end = isDue ? now.AddHours(-1 - (i % 20)) : now.AddDays(1 + (i % 60));
                seeded[i] = await SeedAsync(rooms, end, isDue, cancellation);
            }
        );
        return seeded;
    }

    private static async Task<Seeded> SeedAsync(
        Rooms rooms,
        DateTimeOffset end,
        bool isDue,
        CancellationToken cancellation
    )
    {
        var (id, attempt, made) = (Guid.NewGuid().ToString("n"), "01234567", end.AddDays(-93));
        var blob = TlsOrLink.Storage.Keys.FileBlob(made, id, 1);
        await rooms
            .Get<BlobServiceClient>()
            .GetBlobContainerClient(ContainerNames.Files)
            .UploadBlobAsync(blob, new BinaryData("confidential"), cancellation);
        var message = new MessageRow(id)
        {
            Attempt = attempt,
            State = MessageState.Completed,
            CreatedAt = made,
            CompletedAt = made,
            LinksUntil = end,
        };
        var link = new LinkRow(LinkToken.New().LinkId, id, attempt, 0, made, end)
        {
            Files = [new LinkFile(1, "a.txt", "text/plain", 12, blob)],
        };
        var recipient = new RecipientRow(id, attempt, 0)
        {
            State = RecipientState.Linked,
            LinkHashes = link.LinkId,
            LinkExpiresAt = end,
        };
        await rooms.Get<MessageTable>().AddAsync([message, recipient], cancellation);
        await rooms.Get<LinkTable>().CreateAsync([link], cancellation);
        return new Seeded(link.LinkId, id, isDue);
    }

    private async Task WaitAsync(AppProcess app) =>
        await Eventually.GetAsync(
            async () =>
                await CountAsync(
                    TableNames.Due,
                    $"PartitionKey ge 'link|' and PartitionKey lt 'link|{TlsOrLink.Storage.Keys.Hour(DateTimeOffset.UtcNow)}~'"
                ) == 0
                && await EndedAsync() == Expiring
                    ? "done"
                    : null,
            Patience,
            () => app.Output
        );

    private Task<int> EndedAsync() => CountAsync(TableNames.Links, "IsTombstone eq true");

    /// <summary>Asked past the proxy, so that it does not count.</summary>
    private async Task<int> CountAsync(string table, string filter) =>
        await (await world.Azurite)
            .NewTableClient()
            .GetTableClient(table)
            .QueryAsync<TableEntity>(filter, select: ["PartitionKey"])
            .CountAsync();

    private async Task<int> BlobsAsync() =>
        await (await world.Azurite)
            .NewBlobClient()
            .GetBlobContainerClient(ContainerNames.Files)
            .GetBlobsAsync()
            .CountAsync();

    private static IEnumerable<string> Keys(StorageCall call) =>
        call
            .Entities.SelectMany(entity => new[] { entity.PartitionKey, entity.RowKey })
            .Append(call.Filter.Split('\'').ElementAtOrDefault(1) ?? "")
            .Concat(call.Name.Split('/'));
}
