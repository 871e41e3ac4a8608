using System.Globalization;
using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Orchestrating;

namespace TlsOrLink.Embedded.Durable;

internal sealed partial class InstanceStep
{
    /// <summary>Lets the orchestrator see what came in; afterwards <see cref="Step"/> is complete.</summary>
    public void Turn()
    {
        if (IsActive && (_wake || (_events.Count > 0 && !Instance!.NeedsTurn)) && !StaysAsleep())
        {
            try
            {
                RunOrchestrator();
            }
            catch (OrchestrationOffenceException e)
            {
                Fail(e);
            }
        }

        if (Step.Rows.Count > 0 || Step.EndedRuns.Count > 0 || Step.Instance is not null)
        {
            Step.Instance = Instance;
            Effects.Add(() => parts.Waiters.Changed(id));
        }
    }

    private bool StaysAsleep() =>
        Live is null
        && Instance!.Status == OrchestrationRuntimeStatus.Suspended
        && _events.TrueForAll(e => e.Kind != EventKind.Resumed);

    private void RunOrchestrator()
    {
        var orchestration = Awaken();
        if (orchestration.Doomed is { } doom)
        {
            Fail(doom);
            return;
        }

        if (Instance!.NeedsTurn)
        {
            Instance = Instance with
            {
                NeedsTurn = false,
                Status = orchestration.IsSuspended
                    ? OrchestrationRuntimeStatus.Suspended
                    : OrchestrationRuntimeStatus.Running,
            };
            Step.Instance = Instance;
        }

        var decided = orchestration.State.Decisions.TakeNew();
        decided.ForEach(Append);
        TakeStatus(orchestration.State.CustomStatus);
        if (parts.Strict)
        {
            Verify(orchestration);
        }

        decided.ForEach(CarryOut);
        Step.OldTimers.AddRange(orchestration.State.TakeCancelledTimers().Select(task => (Instance!.Run, task)));
        if (orchestration.IsFinished)
        {
            Finish(orchestration);
        }
    }

    // A run whose orchestrator was never called sees all of its rows as new; else the rows on disk are its past.
    private Orchestration Awaken()
    {
        if (Live is null)
        {
            Live = parts.Live.Create(Instance!, thread => parts.Post(id, new ForeignCall(thread)));
            var past = Instance!.NextSequence > Step.Rows.Count ? parts.Reader.History(Instance.Run) : [];
            if (Instance.NeedsTurn)
            {
                _events.InsertRange(0, past);
            }
            else
            {
                Live.Orchestration.Replay(past);
            }
        }

        _events.ForEach(Live.Orchestration.Apply);
        return Live.Orchestration;
    }

    private void TakeStatus(string status)
    {
        if (!string.Equals(status, Instance!.CustomStatus, StringComparison.Ordinal))
        {
            Append(new(EventKind.StatusSet, -1, null, status, null, _now));
            Instance = Instance with { CustomStatus = status };
        }
    }

    private void CarryOut(HistoryRow decision)
    {
        var run = Instance!.Run;
        switch (decision.Kind)
        {
            case EventKind.TaskScheduled:
                var work = new ActivityWork(
                    id,
                    run,
                    decision.TaskId,
                    decision.Name!,
                    decision.Data,
                    Instance.TraceParent
                );
                Effects.Add(() => parts.Activities.Enqueue(work));
                break;
            case EventKind.TimerCreated:
                var due = new DateTime(long.Parse(decision.Data!, CultureInfo.InvariantCulture), DateTimeKind.Utc);
                Step.NewTimers.Add((run, decision.TaskId, due));
                Effects.Add(() => parts.Timers.Nudge(due));
                break;
            case EventKind.SubOrchestrationScheduled:
                var child = decision.Extra!.Split('\n');
                Send(child[0], LetterKind.Start, decision.Name, decision.Data, decision.TaskId, run, child[1]);
                break;
            default:
                Send(decision.Extra!, LetterKind.Event, decision.Name, decision.Data, -1, 0);
                break;
        }
    }

    private void Append(HistoryRow row)
    {
        Step.Rows.Add((Instance!.NextSequence, row));
        Instance = Instance with { NextSequence = Instance.NextSequence + 1, UpdatedAt = _now };
    }

    private void Send(
        string to,
        LetterKind kind,
        string? name,
        string? data,
        int task,
        long run,
        string? version = null
    )
    {
        var parent = kind == LetterKind.Start ? new ParentLink(id, Instance!.Name, run, task) : null;
        var letter = new Letter(
            parts.NextLetter(),
            to,
            kind,
            name,
            data,
            version,
            parent,
            task,
            run,
            Instance?.TraceParent
        );
        Step.Sent.Add(letter);
        Effects.Add(() => parts.Post(to, new Delivered(letter)));
    }
}
