namespace TlsOrLink.Events;

/// <summary>Says which events are to be pushed to somebody; whoever writes events then writes a note with them (<c>docs/decisions/050</c>).</summary>
internal interface IEventWatch
{
    /// <summary>Who watches what, at most a minute old. Never throws for want of storage.</summary>
    ValueTask<Watchers> ReadAsync(CancellationToken cancellation);

    /// <summary>Notes of this message were written: whoever pushes them in this process need not wait for a timer.</summary>
    void Hint(string messageId);
}

/// <summary>Which callers watch which events.</summary>
internal sealed class Watchers
{
    /// <summary>Nobody watches anything.</summary>
    public static readonly Watchers None = new([]);

    /// <summary>It could not be found out: everything counts as watched, and whoever pushes looks again.</summary>
    public static readonly Watchers Unknown = new([]) { isUnknown = true };

    private readonly HashSet<(string Caller, string Event)> wanted;
    private bool isUnknown;

    /// <param name="wanted">Callers with the events, of <see cref="EventNames"/>, that each watches.</param>
    public Watchers(IEnumerable<(string Caller, string Event)> wanted) => this.wanted = [.. wanted];

    /// <summary>It is certain that nobody watches anything.</summary>
    public bool IsEmpty => !isUnknown && wanted.Count == 0;

    /// <summary>An event of this kind, of a message of this caller, is to be pushed.</summary>
    /// <param name="caller">Name of the caller; empty where it is not known.</param>
    /// <param name="kind">One of <see cref="EventKinds"/>.</param>
    public bool Want(string caller, string kind) =>
        EventNames.Of(kind) is { } name
        && (
            isUnknown
            || wanted.Contains((caller, name))
            || (caller.Length == 0 && wanted.Any(one => string.Equals(one.Event, name, StringComparison.Ordinal)))
        );
}

/// <summary>Nobody watches.</summary>
internal sealed class NoWatch : IEventWatch
{
    public ValueTask<Watchers> ReadAsync(CancellationToken cancellation) => new(Watchers.None);

    public void Hint(string messageId)
    {
        // There is nobody to tell.
    }
}
