using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Storage;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Purging;

/// <summary>Removes what has expired. It reads what is due and nothing else, and trusts the owner's row alone.</summary>
internal sealed partial class ExpiredPurge(
    DueTable due,
    IEnumerable<IDuePurge> purges,
    PurgeSlices slices,
    IOptions<PurgingOptions> options,
    ILogger<ExpiredPurge> logger
)
{
    /// <summary>Due rows that are purged together: what a kill undoes at most, and what is held in memory.</summary>
    public const int SliceSize = 1000;

    /// <summary>Rows may be inserted with an instant that has just passed: hours this far before the watermark are read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>
    /// One run. With nothing due it costs one call for the watermarks, one for each kind, and one an hour to move the watermarks,
    /// however many hours have passed. It may be killed at any point and run again.
    /// </summary>
    /// <param name="now">What is due at this instant.</param>
    /// <param name="cancellation">Ends the run; nothing is lost.</param>
    /// <exception cref="TransientFault">Storage failed; the next run goes on. What was removed is logged.</exception>
    /// <exception cref="Exception">More than <see cref="PurgeCount.MostStuck"/> messages could not be purged: the reason is not theirs.</exception>
    public async Task<PurgeRun> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var count = new PurgeCount();
        try
        {
            var watermarks = await due.WatermarksAsync(cancellation);
            List<string> finished = [];
            ExceptionDispatchInfo? first = null;
            foreach (var purge in purges)
            {
                try
                {
                    finished.AddRange(await RunAsync(purge, watermarks, now, count, cancellation));
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    // What keeps one from its work need not keep the others.
                    first ??= ExceptionDispatchInfo.Capture(fault);
                }
            }

            await MoveWatermarksAsync(finished, watermarks, now, cancellation);
            Measures.PurgeLag.Set((now - (count.Oldest ?? now)).TotalSeconds);
            first?.Throw();
            return count.ToRun(finished.Count == purges.Sum(purge => purge.Kinds.Count));
        }
        finally
        {
            LogRun(
                count.Of(DueKinds.Link),
                count.Of(DueKinds.Tombstone),
                count.Of(DueKinds.Content),
                count.Of(DueKinds.Audit),
                count.Of(DueKinds.Verdict),
                count.Blobs
            );
        }
    }

    /// <returns>Kinds of which nothing that is due is left.</returns>
    private async Task<IReadOnlyList<string>> RunAsync(
        IDuePurge purge,
        IReadOnlyDictionary<string, DateTimeOffset> watermarks,
        DateTimeOffset now,
        PurgeCount count,
        CancellationToken cancellation
    )
    {
        Dictionary<string, IReadOnlyList<Due>> listed = new(StringComparer.Ordinal);
        foreach (var kind in purge.Kinds)
        {
            var mark = watermarks.TryGetValue(kind, out var hour) ? hour : (DateTimeOffset?)null;
            listed[kind] = await due.ListAsync(kind, mark - Overlap, now, cancellation)
                .Take(options.Value.MaxPerRun)
                .ToListAsync(cancellation);
        }

        var rows = listed.Values.SelectMany(of => of).GroupBy(row => row.MessageId, StringComparer.Ordinal);
        try
        {
            foreach (var slice in rows.SelectMany(of => of).Chunk(SliceSize))
            {
                await slices.PurgeAsync(purge, slice, now, count, cancellation);
            }
        }
        catch
        {
            count.Leave(listed.Values.SelectMany(of => of).Min(row => row.At));
            throw;
        }

        return [.. listed.Where(of => IsDone(of.Key, of.Value, count)).Select(of => of.Key)];
    }

    private bool IsDone(string kind, IReadOnlyList<Due> rows, PurgeCount count)
    {
        var isDone = rows.Count < options.Value.MaxPerRun && count.Of(kind) + count.SetAsideOf(kind) == rows.Count;
        if (!isDone && rows.Count > 0)
        {
            count.Leave(rows.Min(row => row.At));
        }

        return isDone;
    }

    private async Task MoveWatermarksAsync(
        IEnumerable<string> finished,
        IReadOnlyDictionary<string, DateTimeOffset> watermarks,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        string[] moved = [.. finished.Where(kind => !watermarks.TryGetValue(kind, out var mark) || mark < hour)];
        if (moved.Length > 0)
        {
            await due.MoveWatermarksAsync(moved, hour, cancellation);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Purged {Links} links, {Tombstones} tombstones, {Contents} contents, {Audits} audits, {Verdicts} verdicts, {Blobs} blobs."
    )]
    private partial void LogRun(int links, int tombstones, int contents, int audits, int verdicts, int blobs);
}
