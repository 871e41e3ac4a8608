using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Storage;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Purging;

/// <summary>
/// Purges slices so that a message that cannot be purged (its trail was tampered with, a row is damaged) keeps no other from its end: a slice that
/// fails is halved until what fails is alone, and that is set aside: tried again later and later, at least once a day.
/// </summary>
internal sealed partial class PurgeSlices(DueBatches due, IOptions<PurgingOptions> options, ILogger<PurgeSlices> logger)
{
    /// <summary>Nothing is set aside for less: whoever was only in its way has done then.</summary>
    public static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(5);

    /// <summary>Nothing is set aside for longer: when somebody has mended it, it goes by itself.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Purges due rows of one kind of purge, all of one message in a row.</summary>
    /// <exception cref="TransientFault">Storage failed, for all of them alike.</exception>
    /// <exception cref="Exception">What the last one failed of, where more than <see cref="PurgeCount.MostStuck"/> messages did.</exception>
    public async Task PurgeAsync(
        IDuePurge purge,
        IReadOnlyList<Due> rows,
        DateTimeOffset now,
        PurgeCount count,
        CancellationToken cancellation
    )
    {
        var message = rows[0].MessageId;
        var isOfOne = string.Equals(message, rows[^1].MessageId, StringComparison.Ordinal);
        if (isOfOne && count.GivesUp(message))
        {
            await SetAsideAsync(rows, now, count, cancellation);
            return;
        }

        if (await TryAsync(purge, rows, now, count, cancellation) is not { } fault)
        {
            return;
        }

        if (rows.Count > 1)
        {
            foreach (var half in Halves(rows))
            {
                await PurgeAsync(purge, half, now, count, cancellation);
            }

            return;
        }

        Measures.PurgeFailures.Add(1);
        LogSetAside(message, rows[0].Kind, fault.GetType().Name);
        if (!count.Fail(message))
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        await SetAsideAsync(rows, now, count, cancellation);
    }

    /// <returns>What went wrong with these rows; null where nothing did.</returns>
    private static async Task<Exception?> TryAsync(
        IDuePurge purge,
        IReadOnlyList<Due> rows,
        DateTimeOffset now,
        PurgeCount count,
        CancellationToken cancellation
    )
    {
        try
        {
            count.Add(await purge.PurgeAsync(rows, now, cancellation));
            return null;
        }
        catch (Exception fault) when (fault is not TransientFault && !cancellation.IsCancellationRequested)
        {
            return fault;
        }
    }

    /// <summary>Two parts, cut between two messages where there are two. Pure.</summary>
    public static IReadOnlyList<IReadOnlyList<Due>> Halves(IReadOnlyList<Due> rows)
    {
        var middle = rows.Count / 2;
        var cut = Enumerable
            .Range(1, rows.Count - 1)
            .Where(at => !string.Equals(rows[at - 1].MessageId, rows[at].MessageId, StringComparison.Ordinal))
            .DefaultIfEmpty(middle)
            .MinBy(at => Math.Abs(at - middle));
        return
        [
            [.. rows.Take(cut)],
            [.. rows.Skip(cut)],
        ];
    }

    /// <summary>Waits as long again as it has been overdue. Pure.</summary>
    public static Due Later(Due row, DateTimeOffset now)
    {
        var overdue = now - row.FirstAt;
        var wait =
            overdue < ShortestWait ? ShortestWait
            : overdue > LongestWait ? LongestWait
            : overdue;
        return row with { At = now + wait, Since = row.FirstAt };
    }

    /// <summary>The later rows are there before the earlier ones go.</summary>
    private async Task SetAsideAsync(
        IReadOnlyList<Due> rows,
        DateTimeOffset now,
        PurgeCount count,
        CancellationToken cancellation
    )
    {
        count.SetAside(rows);
        Due[] later = [.. rows.Select(row => Later(row, now))];
        await due.InsertAsync(later, options.Value.Concurrency, cancellation);
        await due.DeleteAsync(
            rows.Zip(later).Where(pair => !DueTable.IsSameKey(pair.First, pair.Second)).Select(pair => pair.First),
            options.Value.Concurrency,
            cancellation
        );
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id} cannot be purged ({Kind}): {Cause}. The others go on; it is tried again later, at least once a day"
    )]
    private partial void LogSetAside(string id, string kind, string cause);
}
