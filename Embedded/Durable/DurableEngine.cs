using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>Holds the instances that are in memory and takes up, at start, what the last process left.</summary>
internal sealed partial class DurableEngine(
    DurableStore store,
    LiveOrchestrations live,
    ActivityQueue activities,
    IOptions<EmbeddedOptions> options,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<DurableEngine> logger
) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, InstanceActor> _actors = new(StringComparer.Ordinal);
    private readonly IdleInstances _idle = new(options.Value);
    private readonly CancellationTokenSource _stop = new();
    private readonly Waiters _waiters = new();
    private EngineParts? _parts;
    private TimerClock? _timers;
    private Task _running = Task.CompletedTask;
    private Task _activities = Task.CompletedTask;

    public EngineParts Parts => _parts ?? throw new InvalidOperationException("The host is not running.");

    /// <summary>For tests: instances in memory.</summary>
    public int InMemory => _actors.Count;

    public void Post(string id, Message message)
    {
        if (_stop.IsCancellationRequested && message is not Answer)
        {
            message.Refuse(new DurableCallException("The host is stopping."));
            return;
        }

        while (!_actors.GetOrAdd(id, static (key, engine) => new InstanceActor(key, engine), this).TryPost(message))
        {
            Thread.Yield();
        }
    }

    public void Write(Step step, Action done) => store.Writer.Write(step, done);

    public void Touched(InstanceActor actor) => _idle.Remove(actor);

    public void Idle(InstanceActor actor, bool finished) => Retire(_idle.Add(actor, finished));

    /// <summary>The host cannot vouch for its promises any longer: it stops, and a restart goes on from what is on disk.</summary>
    public void Fault(Exception e)
    {
        Broken(logger, e);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Open(Fault);
        _timers = new TimerClock(store.Reader, clock, options.Value.TimerEarliness);
        _parts = new EngineParts(
            store.Reader,
            live,
            activities,
            _timers,
            _waiters,
            clock,
            logger,
            options.Value.ReplayAfterEveryAwait,
            Post
        );
        TakeUp();
        _activities = activities.Run(options.Value.MaxConcurrentActivities, Post);
        _running = Task.WhenAll(
            Task.Run(() => Guard(() => _timers.Run(Post, _stop.Token)), CancellationToken.None),
            Task.Run(() => Guard(Sweep), CancellationToken.None)
        );
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await activities.Stop();
        await _running;
        await Task.WhenAny(_activities, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose()
    {
        store.Dispose();
        _timers?.Dispose();
        _stop.Dispose();
    }

    private void TakeUp()
    {
        foreach (var letter in store.Reader.Letters())
        {
            Post(letter.To, new Delivered(letter));
        }

        foreach (var (id, run, row) in store.Reader.OpenActivities())
        {
            var trace = store.Reader.Instance(id)?.TraceParent;
            activities.Enqueue(new ActivityWork(id, run, row.TaskId, row.Name!, row.Data, trace));
        }

        foreach (var id in store.Reader.NeedingTurn())
        {
            Post(id, new Wake());
        }
    }

    private void Retire(IEnumerable<InstanceActor> actors)
    {
        foreach (var actor in actors)
        {
            if (actor.TryRetire())
            {
                _actors.TryRemove(KeyValuePair.Create(actor.Id, actor));
            }
        }
    }

    private async Task Sweep()
    {
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await every.WaitForNextTickAsync(_stop.Token))
        {
            Retire(_idle.TakeOld());
        }
    }

    private async Task Guard(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fault(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The engine cannot go on; the host stops")]
    private static partial void Broken(ILogger logger, Exception e);
}
