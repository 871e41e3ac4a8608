using Microsoft.DurableTask.Client;

namespace TlsOrLink.Embedded.History;

/// <summary>The row of an instance: its present run and what a client may ask about it.</summary>
/// <param name="Run">Number of the present run in the whole database; history is kept by it. ContinueAsNew and a new start take a new one.</param>
/// <param name="NeedsTurn">The run has begun on disk and its orchestrator has not been called yet.</param>
/// <param name="NextSequence">Sequence number of the next history row.</param>
internal sealed record InstanceRecord(
    string Id,
    long Run,
    string Name,
    string Version,
    OrchestrationRuntimeStatus Status,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    string? Input,
    string? Output,
    string CustomStatus,
    ParentLink? Parent,
    string? TraceParent,
    string? Tags,
    bool NeedsTurn,
    int NextSequence
)
{
    public bool IsFinished =>
        Status
            is OrchestrationRuntimeStatus.Completed
                or OrchestrationRuntimeStatus.Failed
                or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>Who waits for this instance.</summary>
/// <param name="Run">An answer to a run that is over is dropped.</param>
internal sealed record ParentLink(string Id, string Name, long Run, int TaskId);
