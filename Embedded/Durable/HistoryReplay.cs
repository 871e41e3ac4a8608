using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Orchestrating;

namespace TlsOrLink.Embedded.Durable;

/// <summary>
/// Test mode: feeds a history that an older release recorded to today's orchestrator. As on the real engine kinds and names of what it decides
/// must be the same; payloads may have grown.
/// </summary>
internal sealed class HistoryReplay(LiveOrchestrations live)
{
    /// <summary>Replays one run.</summary>
    /// <param name="instance">Id of the instance; ids of sub-orchestrations depend on it.</param>
    /// <param name="version">What <c>context.Version</c> says.</param>
    /// <param name="rows">The run from its start on, ended or not.</param>
    /// <exception cref="OrchestrationOffenceException">Today's orchestrator decides otherwise; the message says where.</exception>
    public void Run(string instance, string version, IReadOnlyList<HistoryRow> rows)
    {
        var record = new InstanceRecord(
            instance,
            Run: 1,
            rows[0].Name!,
            version,
            OrchestrationRuntimeStatus.Running,
            rows[0].At,
            rows[^1].At,
            rows[0].Data,
            Output: null,
            CustomStatus: "null",
            Parent: null,
            TraceParent: null,
            Tags: null,
            NeedsTurn: false,
            rows.Count
        );
        using var again = live.Create(record, _ => { });
        again.Orchestration.Replay(rows);
        if (again.Orchestration.Doomed is { } doom)
        {
            throw doom as OrchestrationOffenceException ?? new OrchestrationOffenceException(doom.Message);
        }

        var ended = rows[^1].Kind is EventKind.Completed or EventKind.Failed;
        if (again.Orchestration.IsFinished != ended)
        {
            throw Decisions.Differs(ended ? "it ended, and now it waits" : "it waited, and now it ends");
        }

        if (ended && Throws(again.Orchestration) is not null != (rows[^1].Kind == EventKind.Failed))
        {
            throw Decisions.Differs($"it {rows[^1].Kind}, and now it does not");
        }
    }

    private static Exception? Throws(Orchestration orchestration)
    {
        try
        {
            orchestration.Result();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }
}
