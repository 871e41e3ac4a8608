using TlsOrLink.Embedded.Orchestrating;

namespace TlsOrLink.Embedded.Durable;

internal sealed partial class InstanceStep
{
    /// <summary>Test mode: a second orchestrator, fed with everything from the beginning, must do and say the same.</summary>
    private void Verify(Orchestration first)
    {
        using var second = parts.Live.Create(Instance!, _ => { });
        var rows = Instance!.NextSequence > Step.Rows.Count ? parts.Reader.History(Instance.Run) : [];
        second.Orchestration.Replay([.. rows, .. Step.Rows.Select(r => r.Row)]);
        if (second.Orchestration.Doomed is { } doom)
        {
            throw doom as OrchestrationOffenceException ?? new OrchestrationOffenceException(doom.Message);
        }

        if (first.IsFinished != second.Orchestration.IsFinished)
        {
            throw Decisions.Differs("the replayed orchestrator ended at another place");
        }

        if (!string.Equals(first.State.CustomStatus, second.Orchestration.State.CustomStatus, StringComparison.Ordinal))
        {
            throw Decisions.Differs("the replayed orchestrator set another custom status");
        }

        if (first.IsFinished && Outcome(first) != Outcome(second.Orchestration))
        {
            throw Decisions.Differs("the replayed orchestrator ended with another result");
        }
    }

    private static (string? Result, string? Failure) Outcome(Orchestration orchestration)
    {
        try
        {
            return (orchestration.Result(), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, e.Message);
        }
    }
}
