namespace TlsOrLink.Embedded.History;

/// <summary>Numbers are on disk: never change one.</summary>
internal enum EventKind
{
    ExecutionStarted = 1,
    TaskScheduled = 2,
    TaskCompleted = 3,
    TaskFailed = 4,
    TimerCreated = 5,
    TimerFired = 6,
    SubOrchestrationScheduled = 7,
    SubOrchestrationCompleted = 8,
    SubOrchestrationFailed = 9,
    EventRaised = 10,
    EventSent = 11,
    StatusSet = 12,
    Suspended = 13,
    Resumed = 14,
    Terminated = 15,
    Completed = 16,
    Failed = 17,
}

/// <summary>One durable decision of an instance, or one thing that happened to it.</summary>
/// <param name="TaskId">Number of the decision within the run; the answer carries the number of its question. -1 where there is none.</param>
/// <param name="Name">Function or event.</param>
/// <param name="Data">Payload as JSON; for a timer its due time in UTC ticks.</param>
/// <param name="Extra">The other instance of a sub-orchestration or sent event; the version of a start.</param>
/// <param name="At">When the step was taken: what <c>CurrentUtcDateTime</c> says in it.</param>
internal sealed record HistoryRow(EventKind Kind, int TaskId, string? Name, string? Data, string? Extra, DateTime At)
{
    public bool IsDecision =>
        Kind
            is EventKind.TaskScheduled
                or EventKind.TimerCreated
                or EventKind.SubOrchestrationScheduled
                or EventKind.EventSent;
}
