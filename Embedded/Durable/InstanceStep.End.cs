using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Invocation;
using TlsOrLink.Embedded.Orchestrating;

namespace TlsOrLink.Embedded.Durable;

internal sealed partial class InstanceStep
{
    private void Finish(Orchestration orchestration)
    {
        string? result;
        try
        {
            result = orchestration.Result();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail(e);
            return;
        }

        if (orchestration.State.Next is { } next)
        {
            ContinueAsNew(next, orchestration.State.Events.TakeKept());
        }
        else
        {
            End(EventKind.Completed, OrchestrationRuntimeStatus.Completed, result);
            Answer(LetterKind.ChildCompleted, result);
        }
    }

    private void Fail(Exception why)
    {
        End(EventKind.Failed, OrchestrationRuntimeStatus.Failed, why.Message);
        Answer(LetterKind.ChildFailed, Failures.Write(why));
        parts.LogFailed(Instance!.Name, id, why);
    }

    private void Terminate(string? output, bool recursive)
    {
        if (!IsActive)
        {
            return;
        }

        if (recursive)
        {
            foreach (var child in OpenChildren())
            {
                Send(child, LetterKind.Terminate, null, output, -1, 0);
            }
        }

        End(EventKind.Terminated, OrchestrationRuntimeStatus.Terminated, output);
        Answer(
            LetterKind.ChildFailed,
            Failures.Write(new DurableCallException($"The orchestration '{id}' was terminated."))
        );
    }

    private IEnumerable<string> OpenChildren()
    {
        var rows = parts.Reader.History(Instance!.Run);
        var answered = rows.Where(r =>
                r.Kind is EventKind.SubOrchestrationCompleted or EventKind.SubOrchestrationFailed
            )
            .Select(r => r.TaskId)
            .ToHashSet();
        return rows.Where(r => r.Kind == EventKind.SubOrchestrationScheduled && !answered.Contains(r.TaskId))
            .Select(r => r.Extra!.Split('\n')[0]);
    }

    private void End(EventKind kind, OrchestrationRuntimeStatus status, string? output)
    {
        Append(new(kind, -1, null, output, null, _now));
        Instance = Instance! with { Status = status, Output = output, NeedsTurn = false };
        Step.EndedTimersOf = Instance.Run;
        var ended = Instance;
        Effects.Add(() => Spans.RecordOrchestration(ended, failed: kind == EventKind.Failed));
        DropLive();
    }

    private void Answer(LetterKind kind, string? data)
    {
        if (Instance!.Parent is { } parent)
        {
            Send(parent.Id, kind, null, data, parent.TaskId, parent.Run);
        }
    }

    // The old run's history goes; what it had been told and did not take is told to the new one.
    private void ContinueAsNew(NextRun next, IReadOnlyList<(string Name, string? Json)> kept)
    {
        Step.EndedRuns.Add(Instance!.Run);
        Step.Rows.Clear();
        Step.Begins = true;
        Instance = Instance with
        {
            Run = parts.NextRun(),
            Input = next.Input,
            Version = next.Version,
            NeedsTurn = true,
            NextSequence = 0,
        };
        Append(new(EventKind.ExecutionStarted, -1, Instance.Name, next.Input, next.Version, _now));
        foreach (var (name, json) in next.KeepEvents ? kept : [])
        {
            Append(new(EventKind.EventRaised, -1, name, json, null, _now));
        }

        DropLive();
        Effects.Add(() => parts.Post(id, new Wake()));
    }

    private void DropLive()
    {
        Live?.Dispose();
        Live = null;
    }
}
