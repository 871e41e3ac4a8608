using System.Collections.Concurrent;
using System.Diagnostics;

namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>
/// Starts every child from one thread that never ends: the kernel sends a child's parent-death signal when the
/// <em>thread</em> that forked it ends, and pool threads come and go.
/// </summary>
internal static class Starter
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Queue =
    [];

    static Starter() => new Thread(Run) { IsBackground = true, Name = "kit-starter" }.Start();

    /// <summary>The command that ends a child with its parent and gives it a process group of its own.</summary>
    public static readonly string[] Prefix = ["setpriv", "--pdeathsig", "KILL", "--", "setsid"];

    /// <summary>A shell that ends the command when its own standard input ends.</summary>
    public static readonly string[] Guard =
    [
        "setsid",
        "bash",
        "-c",
        "setsid \"$@\" </dev/null & read -r; kill -TERM $!; wait $!",
        "guard",
    ];

    public static Process Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((info, started));
        return started.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var (info, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        }
    }
}
