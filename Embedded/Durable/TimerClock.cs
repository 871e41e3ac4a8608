using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>Fires durable timers: they are rows on disk, and only those that are due are read.</summary>
internal sealed class TimerClock(HistoryReader reader, TimeProvider clock, TimeSpan earliness) : IDisposable
{
    private const int AtATime = 500;
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly HashSet<(long Run, int TaskId)> _fired = [];
    private readonly SemaphoreSlim _nudged = new(0);
    private DateTime _next = DateTime.MinValue;

    /// <summary>A timer for this time is on disk.</summary>
    public void Nudge(DateTime due)
    {
        var wake = due - earliness;
        lock (_lock)
        {
            if (wake >= _next)
            {
                return;
            }

            _next = wake;
        }

        _nudged.Release();
    }

    /// <summary>The step that took the timer is on disk.</summary>
    public void Forget(long run, int task)
    {
        lock (_lock)
        {
            _fired.Remove((run, task));
        }
    }

    public async Task Run(Action<string, Message> post, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            lock (_lock)
            {
                _next = now + s_longestSleep;
            }

            var more = Fire(now + earliness, post);
            if (reader.NextTimer(now + earliness) is { } next)
            {
                Nudge(next);
            }

            await Sleep(more ? TimeSpan.FromMilliseconds(20) : null, stop);
        }
    }

    public void Dispose() => _nudged.Dispose();

    private bool Fire(DateTime due, Action<string, Message> post)
    {
        int pending;
        lock (_lock)
        {
            pending = _fired.Count;
        }

        var found = reader.DueTimers(due, AtATime + pending);
        foreach (var (id, run, task) in found)
        {
            bool isNew;
            lock (_lock)
            {
                isNew = _fired.Add((run, task));
            }

            if (isNew)
            {
                post(id, new TimerDue(run, task));
            }
        }

        return found.Count >= AtATime + pending;
    }

    private async Task Sleep(TimeSpan? atMost, CancellationToken stop)
    {
        while (_nudged.Wait(0, CancellationToken.None)) { }

        var soonest = clock.GetUtcNow().UtcDateTime + atMost;
        DateTime next;
        lock (_lock)
        {
            next = soonest < _next ? soonest.Value : _next;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var slept = clock.DelayUntil(next, end.Token);
        var nudged = _nudged.WaitAsync(end.Token);
        await Task.WhenAny(slept, nudged);
        await end.CancelAsync();
    }
}
