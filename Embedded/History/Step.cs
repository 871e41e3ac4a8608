namespace TlsOrLink.Embedded.History;

/// <summary>Everything that one step of an instance changes: written in one transaction or not at all.</summary>
internal sealed class Step
{
    public InstanceRecord? Instance { get; set; }

    /// <summary>The instance begins a run: all of its row is written, else what may change within a run.</summary>
    public bool Begins { get; set; }

    /// <summary>History rows of the instance's run, from the given sequence number on.</summary>
    public List<(int Sequence, HistoryRow Row)> Rows { get; } = [];

    public List<(long Run, int TaskId, DateTime Due)> NewTimers { get; } = [];

    public List<(long Run, int TaskId)> OldTimers { get; } = [];

    public List<Letter> Sent { get; } = [];

    public List<long> Taken { get; } = [];

    /// <summary>Runs whose history and timers go.</summary>
    public List<long> EndedRuns { get; } = [];

    /// <summary>The run whose waiting timers go.</summary>
    public long? EndedTimersOf { get; set; }

    public string? Purged { get; set; }

    public (string Function, DateTime Last)? Schedule { get; set; }

    public bool IsEmpty =>
        Instance is null
        && Rows.Count + NewTimers.Count + OldTimers.Count + Sent.Count + Taken.Count + EndedRuns.Count == 0
        && Purged is null
        && Schedule is null;
}
