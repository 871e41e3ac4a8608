using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Purging;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>
/// A purge of what has expired among ten times as much or more, against deleting the same blobs and rows one after the other in as many
/// workers. What waits for its round is not due yet, and belongs to the ten times as much.
/// </summary>
internal sealed class PurgeTime : IRow
{
    public string Name => "purge";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (part, rounds) = (effort.Pick(10, 200, 1000), effort.Pick(1, 5, 5));
        var warmUp = effort.Pick(1, 50, 50); // purged and deleted before it counts: what runs every five minutes is compiled
        await using var world = new BenchWorld();
        await using var azurite = await world.StartAzuriteAsync();
        using var rooms = await StoredLinks.StartAsync(azurite);
        var setUp = Stopwatch.StartNew();
        await rooms.AddAsync(9 * part, StoredLinks.Hour(1000), withBlobs: false);
        var parts = new List<IReadOnlyList<StoredLink>>();
        for (var n = 0; n < 2 * (rounds + 1); n++)
        {
            parts.Add(await rooms.AddAsync(n < 2 ? warmUp : part, StoredLinks.Hour(n), withBlobs: true));
        }

        effort.Log($"set up in {setUp.Elapsed.TotalSeconds:F0} s");
        var next = 0;
        await PurgeAsync(rooms, parts[next].Count, StoredLinks.Hour(next++));
        await DeleteAsync(rooms, parts[next++]);
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
                $"purge: {part:N0} expired among {10 * part:N0} or more",
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
