namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>
/// Finds, at the end of a turn, whether an unfinished orchestrator waits for durable tasks alone: walks from each open durable
/// task along its continuations up to the orchestrator's own task.
/// </summary>
internal sealed class AwaitGraph(Task root)
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private bool _reachesRoot;
    private bool _unknown;
    private bool _anyContinuation;
    private string? _offence;

    /// <returns>What is wrong, or null.</returns>
    public static string? Inspect(Task root, IEnumerable<Task> durable)
    {
        if (root.IsCompleted || !TaskInternals.Readable)
        {
            return null;
        }

        var graph = new AwaitGraph(root);
        foreach (var task in durable)
        {
            graph.Walk(task);
        }

        return graph._offence ?? graph.Judge();
    }

    private string? Judge()
    {
        if (_reachesRoot || _unknown)
        {
            return null;
        }

        var (found, certain) = AwaitedLeaf.Describe(root);
        return certain || !_anyContinuation ? found : null;
    }

    private void Walk(Task task)
    {
        if (!_seen.Add(task))
        {
            return;
        }

        if (ReferenceEquals(task, root))
        {
            _reachesRoot = true;
            return;
        }

        if (!task.IsCompleted && TaskInternals.ContinuationOf(task) is { } continuation)
        {
            Follow(continuation, task);
        }
    }

    private void Follow(object continuation, Task from)
    {
        _anyContinuation = true;
        switch (continuation)
        {
            case List<object?> several:
                foreach (var one in several.OfType<object>())
                {
                    Follow(one, from);
                }

                break;
            case Task box when TaskInternals.IsStateMachineBox(box):
                ReportConfigureAwait(box);
                break;
            case Task promise: // Task.WhenAll, Task.WhenAny, WaitAsync
                Walk(promise);
                break;
            case Action action:
                ReportConfigureAwait(action.Target as Task);
                break;
            default:
                FollowWrapped(continuation);
                break;
        }
    }

    // SynchronizationContextAwaitTaskContinuation holds m_action, whose target is the awaiting method; ContinueWith holds m_task.
    private void FollowWrapped(object continuation)
    {
        if (TaskInternals.Field(continuation, "m_action") is Action { Target: Task awaiting })
        {
            var machine = TaskInternals.StateMachineOf(awaiting);
            _unknown |=
                machine
                    is System.Threading.Tasks.Sources.IValueTaskSource
                        or System.Threading.Tasks.Sources.IValueTaskSource<bool>;
            Walk(awaiting);
        }
        else if (TaskInternals.Field(continuation, "m_task") is Task continued)
        {
            ReportContinueWith(continuation);
            Walk(continued);
        }
        else
        {
            _unknown = true;
        }
    }

    private void ReportContinueWith(object continuation)
    {
        if (
            TaskInternals.Field(continuation, "m_options") is TaskContinuationOptions options
            && !options.HasFlag(TaskContinuationOptions.ExecuteSynchronously)
            && ReferenceEquals(TaskInternals.Field(continuation, "m_taskScheduler"), TaskScheduler.Default)
        )
        {
            _offence ??= "ContinueWith on a durable task without TaskContinuationOptions.ExecuteSynchronously";
        }
    }

    private void ReportConfigureAwait(Task? box) =>
        _offence ??= $"ConfigureAwait(false) on a durable task{TaskInternals.Where(box)}";
}
