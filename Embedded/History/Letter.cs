namespace TlsOrLink.Embedded.History;

internal enum LetterKind
{
    Start = 1,
    Event = 2,
    ChildCompleted = 3,
    ChildFailed = 4,
    Terminate = 5,
}

/// <summary>
/// What one instance sends to another. It is committed with the sender's step and taken out with the receiver's, so that it arrives
/// once whatever happens between the two.
/// </summary>
internal sealed record Letter(
    long Number,
    string To,
    LetterKind Kind,
    string? Name,
    string? Data,
    string? Version,
    ParentLink? Parent,
    int TaskId,
    long Run,
    string? TraceParent
);
