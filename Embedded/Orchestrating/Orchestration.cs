using System.Text.Json;
using Microsoft.DurableTask;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>Runs one orchestrator by feeding it its history, one event at a time, and keeps what it decides.</summary>
/// <param name="begin">Calls the function with its context, through the middleware; the task ends with its result.</param>
internal sealed class Orchestration(
    OrchestrationStart start,
    OrchestrationSettings settings,
    OrchestratorThread thread,
    Func<TaskOrchestrationContext, Task<object?>> begin
)
{
    private readonly Queue<HistoryRow> _whileSuspended = new();
    private Task<object?>? _root;

    public OrchestrationState State { get; } = new(settings.Strict);

    public OrchestratorThread Thread => thread;

    public bool IsSuspended { get; private set; }

    /// <summary>What must fail the instance now; null while all is well.</summary>
    public Exception? Doomed =>
        State.Doomed
        ?? (thread.Offence is { } offence ? new OrchestrationOffenceException(Offences.Describe(offence)) : null);

    /// <summary>As on the real engine, open activities, timers and children keep a finished orchestrator's instance Running.</summary>
    public bool IsFinished => _root is { IsCompleted: true } && State.Open.Count == 0 && !IsSuspended;

    /// <summary>The result as JSON; throws what the orchestrator threw.</summary>
    public string? Result() => settings.Converter.Serialize(_root!.GetAwaiter().GetResult());

    public void Replay(IEnumerable<HistoryRow> past)
    {
        State.IsReplaying = true;
        foreach (var row in past)
        {
            Apply(row);
        }

        State.IsReplaying = false;
        if (Doomed is null)
        {
            Guard(State.Decisions.DemandAllMatched);
        }

        State.TakeCancelledTimers();
    }

    public void Apply(HistoryRow row)
    {
        if (Doomed is not null)
        {
            return;
        }

        if (row.IsDecision)
        {
            Guard(() => State.Decisions.Match(row));
        }
        else if (row.Kind == EventKind.Suspended)
        {
            IsSuspended = true;
        }
        else if (row.Kind == EventKind.Resumed)
        {
            Resume(row.At);
        }
        else if (IsSuspended)
        {
            _whileSuspended.Enqueue(row);
        }
        else
        {
            Turn(row, row.At);
        }
    }

    private void Resume(DateTime at)
    {
        IsSuspended = false;
        while (!IsSuspended && _whileSuspended.TryDequeue(out var row))
        {
            Turn(row, at);
        }
    }

    private void Turn(HistoryRow row, DateTime at)
    {
        State.Now = at;
        Guard(() => thread.Run(() => Deliver(row)));
        if (_root is not null && Doomed is null)
        {
            var durable = State.Open.Values.Select(open => open.Task).Concat(State.Events.Waiting);

            // What came back meanwhile says more than what is left of it in the graph.
            if (AwaitGraph.Inspect(_root, durable) is { } offence && thread.Offence is null)
            {
                State.Doom(new OrchestrationOffenceException(Offences.Describe(offence)));
            }
        }
    }

    private void Deliver(HistoryRow row)
    {
        switch (row.Kind)
        {
            case EventKind.ExecutionStarted:
                State.Input = row.Data;
                State.Version = row.Extra ?? "";
                _root = begin(new OrchestrationContext(start, settings, thread, State));
                break;
            case EventKind.EventRaised:
                State.Events.Raise(row.Name!, row.Data);
                break;
            case EventKind.TaskCompleted or EventKind.SubOrchestrationCompleted or EventKind.TimerFired:
                Close(row.TaskId)?.Complete(row.Data);
                break;
            case EventKind.TaskFailed or EventKind.SubOrchestrationFailed:
                var open = Close(row.TaskId);
                var details = JsonSerializer.Deserialize<TaskFailureDetails>(row.Data!)!;
                open?.Fail(new TaskFailedException(open.Name, row.TaskId, details));
                break;
            default:
                break;
        }
    }

    private OpenTask? Close(int id) => State.Open.Remove(id, out var open) ? open : null;

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            State.Doom(e);
        }
    }
}
