using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Faults;

namespace TlsOrLink.Subscriptions;

/// <summary>Who watches what, kept for <see cref="SubscriptionsOptions.KnownWithin"/>, and the messages that have something to tell.</summary>
internal sealed partial class SubscriptionBook(
    SubscriptionTable table,
    IOptions<SubscriptionsOptions> options,
    TimeProvider clock,
    ILogger<SubscriptionBook> logger
) : IEventWatch, IDisposable
{
    /// <summary>Hints are kept up to here; beyond, the timer finds what there is.</summary>
    private const int MaxHints = 10_000;

    private readonly SemaphoreSlim one = new(1);
    private readonly ConcurrentDictionary<string, byte> hints = new(StringComparer.Ordinal);
    private volatile Snapshot? last;
    private int changes;

    private sealed record Snapshot(Watchers Watchers, DateTimeOffset Until);

    /// <inheritdoc/>
    public ValueTask<Watchers> ReadAsync(CancellationToken cancellation) =>
        Kept() is { } kept ? new ValueTask<Watchers>(kept.Watchers) : new ValueTask<Watchers>(AskAsync(cancellation));

    /// <inheritdoc/>
    public void Hint(string messageId)
    {
        if (hints.Count < MaxHints)
        {
            hints[messageId] = 0;
        }
    }

    /// <summary>Takes the hints that there are.</summary>
    public IReadOnlyList<string> TakeHints() =>
        hints.IsEmpty ? [] : [.. hints.Keys.Where(id => hints.TryRemove(id, out _))];

    /// <summary>Reads anew at the next question, after a change of this instance.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        last = null;
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private Snapshot? Kept() => last is { } kept && clock.GetUtcNow() < kept.Until ? kept : null;

    private async Task<Watchers> AskAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            return (Kept() ?? await ReadTableAsync(cancellation)).Watchers;
        }
        catch (Exception fault) when (fault is TransientFault or PermanentFault or RequestFailedException)
        {
            LogUnknown(fault);
            return Watchers.Unknown;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<Snapshot> ReadTableAsync(CancellationToken cancellation)
    {
        var before = Volatile.Read(ref changes);
        var until = clock.GetUtcNow() + options.Value.KnownWithin; // from before the read, so that nothing older is kept longer
        var read = new Snapshot(new Watchers(await table.WatchedAsync(cancellation)), until);
        last = read;
        if (before != Volatile.Read(ref changes))
        {
            last = null; // read before the change: good for this question, which came before it too
        }

        return read;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Subscriptions cannot be read: events are noted for all callers"
    )]
    private partial void LogUnknown(Exception fault);
}
