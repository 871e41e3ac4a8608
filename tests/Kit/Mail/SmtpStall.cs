namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>Holds connections of a <see cref="ScriptedSmtp"/> still.</summary>
public sealed class SmtpStall : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SmtpPoint _point;
    private readonly Action<SmtpStall> _remove;
    private int _left;

    internal SmtpStall(SmtpPoint point, int times, Action<SmtpStall> remove) =>
        (_point, _left, _remove) = (point, times, remove);

    /// <summary>Completes when the first connection stands still.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets what is held go on, and later connections pass.</summary>
    public void Release() => Dispose();

    public void Dispose()
    {
        _remove(this);
        _released.TrySetResult();
    }

    internal bool Take(SmtpPoint point) => point == _point && Interlocked.Decrement(ref _left) >= 0;

    internal Task HoldAsync(CancellationToken cancelled)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancelled);
    }
}
