namespace TlsOrLink.Embedded.Durable;

/// <summary>Callers that wait for an instance to change.</summary>
internal sealed class Waiters
{
    private readonly Dictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Ends at the first change after this call: look at the instance after it, not before.</summary>
    public Task NextChange(string id)
    {
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(id, out var source))
            {
                source = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return source.Task;
        }
    }

    public void Changed(string id)
    {
        lock (_waiting)
        {
            if (_waiting.Remove(id, out var source))
            {
                source.SetResult();
            }
        }
    }
}
