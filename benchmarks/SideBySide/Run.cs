using System.Diagnostics;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.Rows;

namespace TlsOrLink.Benchmarks;

/// <summary>Runs the rows that were asked for and tells what they found.</summary>
internal static class Run
{
    private static readonly IRow[] All =
    [
        new ProbeRate(),
        new ColdDomains(),
        new StorageCalls(),
        new OneMessage(),
        new Deliveries(),
        new IntakeRate(),
        new ManyRecipients(),
        new LargeAttachment(),
        new PurgeTime(),
        new LandingRate(),
        new StartTime(),
        new Orchestrations(),
        new Micro(),
    ];

    public static IEnumerable<string> Names => All.Select(row => row.Name);

    public static IRow Row(string name) => All.Single(row => row.Name == name);

    public static async Task<int> MainAsync(string[] args)
    {
        var size =
            args.Contains("--smoke") ? Size.Smoke
            : args.Contains("--long") ? Size.Long
            : Size.Ordinary;
        string[] names = [.. args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal))];
        if (args.Contains("--list"))
        {
            Console.WriteLine(string.Join('\n', Names));
            return 0;
        }

        if (names.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"bench: no row '{unknown}'; there are {string.Join(", ", Names)}");
            return 2;
        }

        var effort = new Effort(size, Folder(), Console.WriteLine);
        var machine = Machine.Describe();
        Console.WriteLine(machine);
        var clock = Stopwatch.StartNew();
        IRow[] rows = [.. All.Where(row => names.Length == 0 || names.Contains(row.Name))];
        var (findings, broken) = await RunAsync(rows, effort);
        Console.WriteLine($"\n{Table.Text(findings)}\n\n{clock.Elapsed:mm\\:ss} altogether");
        if (broken > 0)
        {
            await Console.Error.WriteLineAsync($"bench: {broken} rows could not be measured, see above");
            return 1;
        }

        if (names.Length == 0 && size != Size.Smoke)
        {
            await File.WriteAllTextAsync(
                Path.Combine(effort.Root, "docs", "benchmarks.md"),
                Page.Of(findings, machine, DateTimeOffset.UtcNow, size, clock.Elapsed)
            );
            Console.WriteLine("written to docs/benchmarks.md");
        }

        return 0;
    }

    /// <summary>Runs rows one after the other; one that breaks is told and keeps no other from running.</summary>
    private static async Task<(IReadOnlyList<Finding> Findings, int Broken)> RunAsync(
        IReadOnlyCollection<IRow> rows,
        Effort effort
    )
    {
        List<Finding> findings = [];
        var broken = 0;
        foreach (var row in rows)
        {
            effort.Log($"\n== {row.Name}");
            var clock = Stopwatch.StartNew();
            try
            {
                var found = await row.RunAsync(effort);
                findings.AddRange(found);
                effort.Log($"{Table.Text(found)}\n({clock.Elapsed.TotalSeconds:F0} s)");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                broken++;
                await Console.Error.WriteLineAsync($"bench: {row.Name} could not be measured: {e}");
            }
        }

        return (findings, broken);
    }

    /// <summary>The folder of the repository, above this program.</summary>
    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Serverless.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("Serverless.sln is not above this program: run ./bench.");
    }
}
