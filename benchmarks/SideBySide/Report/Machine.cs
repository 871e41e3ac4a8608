using System.Globalization;
using System.Runtime.InteropServices;

namespace TlsOrLink.Benchmarks.Report;

/// <summary>What a run was measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {Memory() / 1_048_576.0:F0} GiB, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}; load before the run {Load()}"
        );

    private static string Processor() =>
        Field("/proc/cpuinfo", "model name") is { Length: > 0 } name ? name : $"{RuntimeInformation.OSArchitecture}";

    private static double Memory() =>
        double.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "";
}
