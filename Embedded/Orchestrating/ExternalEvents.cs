namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>Events raised to the instance: the latest waiter takes the first one; unawaited ones are kept. Names match without case.</summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, Stack<OpenTask>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string? Json)> _kept = [];

    public IEnumerable<Task> Waiting => _waiters.Values.SelectMany(stack => stack).Select(waiter => waiter.Task);

    public void Await(OpenTask waiter)
    {
        var stack = _waiters.TryGetValue(waiter.Name, out var found) ? found : _waiters[waiter.Name] = new();
        if (stack.TryPeek(out var other) && other.ResultType != waiter.ResultType)
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. '{waiter.Name}' is awaited as "
                    + $"{other.ResultType.FullName} and as {waiter.ResultType.FullName}.",
                nameof(waiter)
            );
        }

        stack.Push(waiter);
        var early = _kept.FindIndex(e => string.Equals(e.Name, waiter.Name, StringComparison.OrdinalIgnoreCase));
        if (early >= 0)
        {
            var (name, json) = _kept[early];
            _kept.RemoveAt(early);
            Raise(name, json);
        }
    }

    public void Raise(string name, string? json)
    {
        if (!_waiters.TryGetValue(name, out var stack))
        {
            _kept.Add((name, json));
            return;
        }

        // A waiter that was cancelled takes its event all the same, and the event is lost: so does the real engine.
        var waiter = stack.Pop();
        if (stack.Count == 0)
        {
            _waiters.Remove(name);
        }

        waiter.Complete(json);
    }

    public IReadOnlyList<(string Name, string? Json)> TakeKept()
    {
        var taken = _kept.ToArray();
        _kept.Clear();
        return taken;
    }
}
