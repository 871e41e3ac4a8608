namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>
/// The one thread at a time on which an orchestrator's code may run. Whatever comes from another thread betrays an await of
/// something that is not durable; it is not run but reported.
/// </summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private static readonly TimeSpan s_longestBlock = TimeSpan.FromSeconds(3);
    private readonly Action<OrchestratorThread> _onForeignCall;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private volatile bool _abandoned;
    private string? _offence;
    private int _thread;

    public OrchestratorThread(Action<OrchestratorThread> onForeignCall)
    {
        _onForeignCall = onForeignCall;
        SetWaitNotificationRequired();
    }

    /// <summary>The first offence; null while there is none.</summary>
    public string? Offence => Volatile.Read(ref _offence);

    public bool IsCurrentThread => Environment.CurrentManagedThreadId == Volatile.Read(ref _thread);

    /// <summary>Runs <paramref name="action"/> and everything that it posts, on the calling thread.</summary>
    public void Run(Action action)
    {
        var previous = Current;
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        SetSynchronizationContext(this);
        try
        {
            var turn = new Task(() => Drain(action), CancellationToken.None);
            turn.RunSynchronously(new OrchestratorTaskScheduler(this));
            turn.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
            Volatile.Write(ref _thread, 0);
        }
    }

    /// <summary>Late continuations of an orchestrator that is no longer in memory are nobody's offence.</summary>
    public void Abandon() => _abandoned = true;

    public void Report(string offence)
    {
        if (!_abandoned && Interlocked.CompareExchange(ref _offence, offence, null) is null && !IsCurrentThread)
        {
            _onForeignCall(this);
        }
    }

    /// <exception cref="InvalidOperationException">The caller is on another thread.</exception>
    public void Demand(string member)
    {
        if (!IsCurrentThread)
        {
            var offence =
                $"{member} was called from outside the orchestrator's thread (Task.Run, ConfigureAwait(false) or an await of something that is not durable comes before it)";
            Report(offence);
            throw new InvalidOperationException(Offences.Describe(offence));
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrentThread)
        {
            _posted.Enqueue((d, state));
        }
        else
        {
            Report(
                "an awaited operation that is not durable (I/O, Task.Delay, Task.Run, CancelAsync) came back from another "
                    + $"thread{Awaiting(state)}"
            );
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Demand(nameof(Send));
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Called by the runtime where the orchestrator blocks: a block on a durable task would last for ever.</summary>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        var longest = (int)s_longestBlock.TotalMilliseconds;
        if (millisecondsTimeout >= 0 && millisecondsTimeout <= longest)
        {
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }

        var result = WaitHelper(waitHandles, waitAll, longest);
        if (result != WaitHandle.WaitTimeout)
        {
            return result;
        }

        const string offence = "the orchestrator's thread was blocked (Task.Wait, Task.Result, GetResult, or a lock)";
        Report(offence);
        throw new OrchestrationOffenceException(Offences.Describe(offence));
    }

    // An await posts the action that goes on with the method; its target is that method's state machine.
    private static string Awaiting(object? state) => TaskInternals.Where((state as Action)?.Target as Task);

    private void Drain(Action action)
    {
        action();
        while (_posted.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    /// <summary>Keeps <c>ContinueWith</c> and <c>Task.Factory.StartNew</c> on the orchestrator's thread, as the real engine does.</summary>
    private sealed class OrchestratorTaskScheduler(OrchestratorThread thread) : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        protected override void QueueTask(Task task) => thread.Post(state => TryExecuteTask((Task)state!), task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            thread.IsCurrentThread && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
