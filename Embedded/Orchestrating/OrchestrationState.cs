using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>The run that follows this one after ContinueAsNew.</summary>
internal sealed record NextRun(string? Input, string Version, bool KeepEvents);

/// <summary>What an orchestration has open and has decided so far: rebuilt by replay, owned by the orchestrator's thread.</summary>
internal sealed class OrchestrationState(bool strict)
{
    private readonly List<int> _cancelledTimers = [];

    public DateTime Now { get; set; }

    public bool IsReplaying { get; set; }

    public string Version { get; set; } = "";

    public string? Input { get; set; }

    public string CustomStatus { get; set; } = "null";

    public NextRun? Next { get; set; }

    /// <summary>Set once the orchestration must fail whatever its code catches.</summary>
    public Exception? Doomed { get; private set; }

    public Decisions Decisions { get; } = new(strict);

    public Dictionary<int, OpenTask> Open { get; } = [];

    public ExternalEvents Events { get; } = new();

    public int NextId() => Decisions.NextId();

    public void Decide(EventKind kind, int id, string? name, string? data, string? extra) =>
        Decisions.Add(new HistoryRow(kind, id, name, data, extra, Now));

    public void CancelTimer(int id)
    {
        if (Open.Remove(id))
        {
            _cancelledTimers.Add(id);
        }
    }

    public IReadOnlyList<int> TakeCancelledTimers()
    {
        var taken = _cancelledTimers.ToArray();
        _cancelledTimers.Clear();
        return taken;
    }

    public Exception Doom(Exception why)
    {
        Doomed ??= why;
        return why;
    }
}
