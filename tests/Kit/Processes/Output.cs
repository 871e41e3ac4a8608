namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>Lines written by a child, safe to read while it runs.</summary>
public sealed class Output
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = New();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public string Text => string.Join('\n', Lines);

    /// <summary>Waits for a line that satisfies the condition; lines already there count.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> condition, CancellationToken cancelled)
    {
        for (var next = 0; ; )
        {
            Task more;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (condition(_lines[next]))
                    {
                        return _lines[next];
                    }
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancelled);
        }
    }

    internal void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource more;
        lock (_gate)
        {
            _lines.Add(line);
            more = _more;
            _more = New();
        }

        more.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
