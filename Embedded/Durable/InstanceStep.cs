using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>One step of an instance: takes messages, lets the orchestrator go on, and collects what must be written.</summary>
internal sealed partial class InstanceStep(
    string id,
    InstanceRecord? instance,
    LiveOrchestration? live,
    EngineParts parts
)
{
    private readonly List<HistoryRow> _events = [];
    private readonly DateTime _now = parts.Now;
    private bool _wake;

    public InstanceRecord? Instance { get; private set; } = instance;

    public LiveOrchestration? Live { get; private set; } = live;

    public Step Step { get; } = new();

    /// <summary>What follows once the step is on disk.</summary>
    public List<Action> Effects { get; } = [];

    private bool IsActive => Instance is { IsFinished: false };

    public void Take(Message message)
    {
        switch (message)
        {
            case StartRequest start:
                Start(start);
                break;
            case EventRaised raised when IsActive:
                Record(EventKind.EventRaised, -1, raised.Name, raised.Data);
                Effects.Add(() => raised.Accept());
                break;
            case Answer answer when IsActive && answer.Run == Instance!.Run:
                Record(answer.Kind, answer.TaskId, null, answer.Data);
                break;
            case TimerDue due:
                TakeTimer(due);
                break;
            case Delivered delivered:
                Step.Taken.Add(delivered.Letter.Number);
                TakeLetter(delivered.Letter);
                break;
            case Wake:
                _wake = true;
                break;
            case ForeignCall foreign when Live?.Orchestration.Thread == foreign.Thread:
                _wake = true;
                break;
            case TerminateRequest terminate when Instance is not null:
                Terminate(terminate.Output, terminate.Recursive);
                Effects.Add(() => terminate.Accept());
                break;
            case SuspendRequest suspend when IsActive:
                Pause(EventKind.Suspended, suspend.Reason, OrchestrationRuntimeStatus.Suspended, suspend);
                break;
            case ResumeRequest resume when IsActive:
                Pause(EventKind.Resumed, resume.Reason, OrchestrationRuntimeStatus.Running, resume);
                break;
            case PurgeRequest purge:
                Purge(purge);
                break;
            default:
                message.Refuse(
                    new DurableCallException(
                        Instance is null
                            ? $"No orchestration instance with id '{id}' was found."
                            : $"The orchestration instance with id '{id}' is already {Instance.Status}."
                    )
                );
                break;
        }
    }

    private void TakeTimer(TimerDue due)
    {
        Step.OldTimers.Add((due.Run, due.TaskId));
        Effects.Add(() => parts.Timers.Forget(due.Run, due.TaskId));
        if (!IsActive || Instance!.Run != due.Run)
        {
            return;
        }

        if (due.TaskId == EngineParts.StartTimer)
        {
            _wake = true;
        }
        else
        {
            Record(EventKind.TimerFired, due.TaskId, null, null);
        }
    }

    private void Pause(EventKind kind, string? reason, OrchestrationRuntimeStatus status, Message request)
    {
        Record(kind, -1, null, reason);
        if (!Instance!.NeedsTurn)
        {
            Instance = Instance with { Status = status, UpdatedAt = _now };
        }

        Effects.Add(() => request.Accept());
    }

    private void Purge(PurgeRequest purge)
    {
        if (Instance is not { IsFinished: true } finished)
        {
            purge.Accept(0);
            return;
        }

        Step.EndedRuns.Add(finished.Run);
        Step.Purged = id;
        Instance = null;
        Effects.Add(() => purge.Accept());
    }

    private void Record(EventKind kind, int task, string? name, string? data)
    {
        var row = new HistoryRow(kind, task, name, data, null, _now);
        _events.Add(row);
        Append(row);
    }
}
