using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

internal sealed partial class InstanceStep
{
    private void Start(StartRequest start)
    {
        if (
            IsActive
            || (Instance is { } old && start.Refused.Contains(old.Status.ToString(), StringComparer.OrdinalIgnoreCase))
        )
        {
            start.Refuse(
                new DurableCallException(
                    $"An orchestration instance with id '{id}' already exists and is {Instance!.Status}."
                )
            );
            return;
        }

        if (Instance is not null)
        {
            Step.EndedRuns.Add(Instance.Run);
            DropLive();
        }

        Instance = new InstanceRecord(
            id,
            parts.NextRun(),
            start.Name,
            start.Version,
            OrchestrationRuntimeStatus.Pending,
            _now,
            _now,
            start.Input,
            null,
            "null",
            start.Parent,
            start.TraceParent,
            start.Tags,
            NeedsTurn: true,
            NextSequence: 0
        );
        Step.Begins = true;
        var begun = new HistoryRow(EventKind.ExecutionStarted, -1, start.Name, start.Input, start.Version, _now);
        Append(begun);
        Effects.Add(() => start.Accept());
        if (start.StartAt is { } at && at > _now)
        {
            Step.NewTimers.Add((Instance.Run, EngineParts.StartTimer, at));
            Effects.Add(() => parts.Timers.Nudge(at));
        }
        else
        {
            // Its first decisions are on disk together with its start: one flush less for each instance.
            _events.Add(begun);
            _wake = true;
        }
    }

    private void TakeLetter(Letter letter)
    {
        switch (letter.Kind)
        {
            case LetterKind.Start when IsActive:
                Send(
                    letter.Parent!.Id,
                    LetterKind.ChildFailed,
                    null,
                    Failures.Write(
                        new DurableCallException($"An orchestration instance with id '{id}' already exists.")
                    ),
                    letter.Parent.TaskId,
                    letter.Parent.Run
                );
                break;
            case LetterKind.Start:
                Start(
                    new(
                        letter.Name!,
                        letter.Data,
                        letter.Version ?? "",
                        letter.Parent,
                        letter.TraceParent,
                        null,
                        [],
                        null,
                        null
                    )
                );
                break;
            case LetterKind.Event when IsActive:
                Record(EventKind.EventRaised, -1, letter.Name, letter.Data);
                break;
            case LetterKind.ChildCompleted when IsActive && letter.Run == Instance!.Run:
                Record(EventKind.SubOrchestrationCompleted, letter.TaskId, null, letter.Data);
                break;
            case LetterKind.ChildFailed when IsActive && letter.Run == Instance!.Run:
                Record(EventKind.SubOrchestrationFailed, letter.TaskId, null, letter.Data);
                break;
            case LetterKind.Terminate:
                Terminate(letter.Data, recursive: true);
                break;
            default:
                break;
        }
    }
}
