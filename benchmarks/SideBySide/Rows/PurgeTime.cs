using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Purging;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>
/// One purge of what has expired among ten times as much, against deleting the same blobs and rows one after the other in as many
/// workers. The expired are purged in five parts, ours and bare in turns, so that one set-up serves all rounds.
/// </summary>
internal sealed class PurgeTime : IRow
{
    public string Name => "purge";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (expired, rounds) = (effort.Pick(20, 600, 1000), effort.Rounds);
        var part = expired / (2 * rounds);
        await using var world = new BenchWorld();
        await using var azurite = await world.StartAzuriteAsync();
        using var rooms = await StoredLinks.StartAsync(azurite);
        var setUp = Stopwatch.StartNew();
        await rooms.AddAsync(9 * expired, StoredLinks.Hour(1000), withBlobs: false);
        var parts = new List<IReadOnlyList<StoredLink>>();
        for (var n = 0; n < 2 * rounds; n++)
        {
            parts.Add(await rooms.AddAsync(part, StoredLinks.Hour(n), withBlobs: true));
        }

        effort.Log($"set up in {setUp.Elapsed.TotalSeconds:F0} s");
        var next = 0;
        var sides = await Rounds.RunAsync(
            rounds,
            effort.RowTime,
            () => PurgeAsync(rooms, parts[next].Count, StoredLinks.Hour(next++)),
            () => DeleteAsync(rooms, parts[next++])
        );

        var ratio = sides[0].Over(sides[1]);
        return
        [
            new(
                $"purge: {2 * part * rounds:N0} expired among {10 * expired:N0}",
                "the same blob and row deletes, raw, as many at once",
                Goal.AtMost(1.3, "times the time"),
                ratio.Median,
                $"{ratio.Show()}; {sides[0].Median / part * 1000:F1} ms against {sides[1].Median / part * 1000:F1} ms a link"
            ),
        ];
    }

    private static async Task<double> PurgeAsync(StoredLinks rooms, int expected, DateTimeOffset hour)
    {
        var purge = rooms.Get<ExpiredPurge>();
        var clock = Stopwatch.StartNew();
        var run = await purge.RunAsync(hour.AddMinutes(30), default);
        return run.Links == expected && run.Contents == expected
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"Purged {run}, expected {expected} links.");
    }

    private static async Task<double> DeleteAsync(StoredLinks rooms, IReadOnlyList<StoredLink> part)
    {
        var (tables, blobs) = (rooms.Get<TableServiceClient>(), rooms.Get<BlobServiceClient>());
        var clock = Stopwatch.StartNew();
        await Crowd.RunAsync(
            part.Count,
            rooms.Concurrency,
            async n =>
            {
                foreach (var (container, blob) in part[n].Blobs)
                {
                    await blobs.GetBlobContainerClient(container).GetBlobClient(blob).DeleteIfExistsAsync();
                }

                foreach (var (table, partition, row) in part[n].Rows)
                {
                    await tables.GetTableClient(table).DeleteEntityAsync(partition, row, ETag.All);
                }
            }
        );
        return clock.Elapsed.TotalSeconds;
    }
}
