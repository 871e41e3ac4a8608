using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>What the orchestrator decided, against what history says that it decided.</summary>
/// <param name="strict">Also compares payloads and times; else, as the real engine, kinds and names only.</param>
internal sealed class Decisions(bool strict)
{
    private readonly Queue<HistoryRow> _unmatched = new();
    private int _nextId;

    public int NextId() => _nextId++;

    public void Add(HistoryRow decision) => _unmatched.Enqueue(decision);

    /// <exception cref="OrchestrationOffenceException">The orchestrator decided otherwise this time.</exception>
    public void Match(HistoryRow recorded)
    {
        if (!_unmatched.TryDequeue(out var made))
        {
            throw Differs($"history has {Show(recorded)}, and the replayed orchestrator did nothing there");
        }

        var same =
            made.Kind == recorded.Kind
            && made.TaskId == recorded.TaskId
            && string.Equals(made.Name, recorded.Name, StringComparison.OrdinalIgnoreCase)
            && (!strict || (made.Data == recorded.Data && made.Extra == recorded.Extra));
        if (!same)
        {
            var hint = made.Name == recorded.Name && made.Kind == recorded.Kind ? ", with another payload or time" : "";
            throw Differs($"history has {Show(recorded)}, and the replayed orchestrator made {Show(made)}{hint}");
        }
    }

    /// <exception cref="OrchestrationOffenceException">The replayed orchestrator went further than it did before.</exception>
    public void DemandAllMatched()
    {
        if (_unmatched.TryPeek(out var extra))
        {
            throw Differs($"the replayed orchestrator made {Show(extra)}, which history does not have");
        }
    }

    public List<HistoryRow> TakeNew()
    {
        List<HistoryRow> taken = [.. _unmatched];
        _unmatched.Clear();
        return taken;
    }

    public static OrchestrationOffenceException Differs(string difference) =>
        new(
            "Non-deterministic orchestrator detected: "
                + difference
                + ". Orchestrators must decide the same on every replay: no clock, random, environment or I/O outside the context, "
                + "and CompareVersionTo where their shape changes."
        );

    private static string Show(HistoryRow row) => $"{row.Kind} #{row.TaskId} '{row.Name}'";
}
