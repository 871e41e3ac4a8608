using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TlsOrLink.Benchmarks.Micro;

// In this process: generating and building a project for each benchmark would take longer than all of them together.
var job = (args.Contains("--smoke") ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
var config = ManualConfig
    .CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableOptimizationsValidator);
foreach (var summary in BenchmarkRunner.Run([typeof(Names), typeof(Policies), typeof(Contents)], config))
{
    foreach (var report in summary.Reports.Where(report => report.ResultStatistics is not null))
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"figure|{method}|{report.ResultStatistics!.Mean:F1}|{allocated}"
            )
        );
    }
}
