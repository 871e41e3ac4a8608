using System.Globalization;

namespace TlsOrLink.Benchmarks.World;

/// <summary>Processor time as the kernel counts it, in ticks of 10 ms.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds that a process has used, user and system.</summary>
    public static double Of(int id) => Read(id, children: false);

    /// <summary>Seconds that a process, its descendants and those of them that have ended have used.</summary>
    public static double OfTree(int id) => Read(id, children: true) + Children(id).Sum(OfTree);

    private static double Read(int id, bool children)
    {
        if (Fields(id) is not { } fields)
        {
            return 0;
        }

        // utime, stime, cutime, cstime (proc_pid_stat(5), counted from the state on)
        var ticks = fields.AsSpan(11, children ? 4 : 2);
        var sum = 0.0;
        foreach (var field in ticks)
        {
            sum += double.Parse(field, CultureInfo.InvariantCulture);
        }

        return sum / TicksPerSecond;
    }

    private static IEnumerable<int> Children(int id)
    {
        try
        {
            return
            [
                .. File.ReadAllText($"/proc/{id}/task/{id}/children")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(int.Parse),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // it has ended: its parent has its time
        }
    }
}
