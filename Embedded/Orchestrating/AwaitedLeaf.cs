namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>Names what an orchestrator really waits for, by walking down from its own task.</summary>
internal static class AwaitedLeaf
{
    /// <returns>The text, and whether this can never be the work of a durable task.</returns>
    public static (string Text, bool Certain) Describe(Task root)
    {
        var where = "the orchestrator";
        var task = root;
        for (var depth = 0; depth < 100; depth++)
        {
            if (!TaskInternals.IsStateMachineBox(task) || TaskInternals.StateMachineOf(task) is not { } machine)
            {
                return Name(task, where);
            }

            if (TaskInternals.IsFramework(machine.GetType()))
            {
                return ($"await of {TaskInternals.MethodOf(machine)} in {where}", true);
            }

            where = TaskInternals.MethodOf(machine);
            var awaited = TaskInternals.AwaitedBy(machine).FirstOrDefault();
            if (awaited is not Task next)
            {
                return awaited is null
                    ? ($"await of something that is not durable in {where}", false)
                    : ($"await of {awaited.GetType().FullName} in {where}", true);
            }

            task = next;
        }

        return ($"await of something that is not durable in {where}", false);
    }

    private static (string Text, bool Certain) Name(Task task, string where)
    {
        var type = task.GetType().Name;
        if (type.Contains("DelayPromise", StringComparison.Ordinal))
        {
            return ($"await of Task.Delay in {where}", true);
        }

        if (TaskInternals.DelegateOf(task) is { } work)
        {
            var declaring = work.Method.DeclaringType?.FullName ?? "";
            return declaring.StartsWith(typeof(CancellationTokenSource).FullName!, StringComparison.Ordinal)
                ? ($"await of CancellationTokenSource.CancelAsync in {where}", true)
                : ($"await of Task.Run or Task.Factory.StartNew in {where}", true);
        }

        return type.StartsWith("UnwrapPromise", StringComparison.Ordinal)
            ? ($"await of Task.Run in {where}", true)
            : ($"await of a task that is not durable ({type}) in {where}", false);
    }
}
