namespace TlsOrLink.Tests.Kit.Storage;

/// <summary>How a request is made to fail.</summary>
public enum StorageFault
{
    /// <summary>503 without the request having been forwarded; the clients of Azure try again.</summary>
    Unavailable,

    /// <summary>The connection is reset without the request having been forwarded.</summary>
    Reset,

    /// <summary>The request is forwarded and done, then the connection is reset: the client cannot know.</summary>
    ResetAfterwards,
}

/// <summary>Something that happens to matching requests until it is disposed of.</summary>
public abstract class Intervention : IDisposable
{
    private readonly Func<StorageCall, bool> _matches;
    private readonly Action<Intervention> _remove;
    private readonly TaskCompletionSource<StorageCall> _reached = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _left;

    private protected Intervention(Func<StorageCall, bool> matches, int times, Action<Intervention> remove) =>
        (_matches, _left, _remove) = (matches, times, remove);

    /// <summary>Completes with the first request that it happened to; for a stall after, once storage has answered.</summary>
    public Task<StorageCall> Reached => _reached.Task;

    /// <summary>Lets later requests through.</summary>
    public void Dispose()
    {
        _remove(this);
        Removed();
    }

    internal bool Take(StorageCall call) => _matches(call) && Interlocked.Decrement(ref _left) >= 0;

    private protected void Reach(StorageCall call) => _reached.TrySetResult(call);

    private protected virtual void Removed() { }
}

/// <summary>Holds matching requests still: the moment at which a test kills the app.</summary>
public sealed class Stall : Intervention
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Stall(Func<StorageCall, bool> matches, bool before, int times, Action<Intervention> remove)
        : base(matches, times, remove) => Before = before;

    internal bool Before { get; }

    /// <summary>Lets what is held go on, and later requests through.</summary>
    public void Release() => Dispose();

    internal Task HoldAsync(StorageCall call, CancellationToken clientDied)
    {
        Reach(call);
        return _released.Task.WaitAsync(clientDied);
    }

    private protected override void Removed() => _released.TrySetResult();
}

/// <summary>Makes matching requests fail.</summary>
public sealed class Failure : Intervention
{
    private int _count;

    internal Failure(Func<StorageCall, bool> matches, StorageFault fault, int times, Action<Intervention> remove)
        : base(matches, times, remove) => Fault = fault;

    internal StorageFault Fault { get; }

    /// <summary>How many requests were made to fail.</summary>
    public int Count => Volatile.Read(ref _count);

    internal void Happen(StorageCall call)
    {
        Interlocked.Increment(ref _count);
        Reach(call);
    }
}
