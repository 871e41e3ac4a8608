using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>What an instance is told. A reply is given once its effect is on disk.</summary>
internal abstract record Message
{
    private readonly TaskCompletionSource<int>? _reply;

    protected Message(TaskCompletionSource<int>? reply) => _reply = reply;

    /// <summary>May share a step with its like.</summary>
    public virtual bool CanShareStep => false;

    public void Accept(int count = 1) => _reply?.TrySetResult(count);

    public void Refuse(Exception why) => _reply?.TrySetException(why);
}

/// <param name="Refused">Statuses of a finished instance of this id in which the start is refused.</param>
/// <param name="StartAt">Null for at once.</param>
internal sealed record StartRequest(
    string Name,
    string? Input,
    string Version,
    ParentLink? Parent,
    string? TraceParent,
    string? Tags,
    IReadOnlyCollection<string> Refused,
    DateTime? StartAt,
    TaskCompletionSource<int>? Reply
) : Message(Reply);

internal sealed record EventRaised(string Name, string? Data, TaskCompletionSource<int>? Reply) : Message(Reply)
{
    public override bool CanShareStep => true;
}

/// <summary>An activity, or the child of a sub-orchestration, has ended.</summary>
internal sealed record Answer(EventKind Kind, long Run, int TaskId, string? Data)
    : Message((TaskCompletionSource<int>?)null)
{
    public override bool CanShareStep => true;
}

internal sealed record TimerDue(long Run, int TaskId) : Message((TaskCompletionSource<int>?)null)
{
    public override bool CanShareStep => true;
}

internal sealed record Delivered(Letter Letter) : Message((TaskCompletionSource<int>?)null)
{
    public override bool CanShareStep =>
        Letter.Kind is LetterKind.Event or LetterKind.ChildCompleted or LetterKind.ChildFailed;
}

/// <summary>The run has begun on disk: call its orchestrator.</summary>
internal sealed record Wake() : Message((TaskCompletionSource<int>?)null);

/// <summary>Something came back to the orchestrator from another thread.</summary>
internal sealed record ForeignCall(Orchestrating.OrchestratorThread Thread) : Message((TaskCompletionSource<int>?)null);

internal sealed record TerminateRequest(string? Output, bool Recursive, TaskCompletionSource<int>? Reply)
    : Message(Reply);

internal sealed record SuspendRequest(string? Reason, TaskCompletionSource<int>? Reply) : Message(Reply);

internal sealed record ResumeRequest(string? Reason, TaskCompletionSource<int>? Reply) : Message(Reply);

internal sealed record PurgeRequest(TaskCompletionSource<int>? Reply) : Message(Reply);
