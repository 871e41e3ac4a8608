using System.Globalization;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>The small parts, by BenchmarkDotNet in a program of its own: time and allocation of one operation.</summary>
internal sealed class Micro : IRow
{
    public string Name => "micro";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        using var folder = new TempFolder();
        await using var child = Child.Start(
            "BenchmarkDotNet",
            ["dotnet", effort.Micro, effort.Size == Size.Smoke ? "--smoke" : "--short"],
            folder: folder.Root
        );
        await Eventually.BeTrueAsync(() => child.HasExited, TimeSpan.FromMinutes(5), () => child.Output.Text);
        Finding[] findings =
        [
            .. child
                .Output.Lines.Select(line => line.Split('|'))
                .Where(fields => fields is ["figure", ..])
                .Select(fields => Of(fields[1], double.Parse(fields[2], CultureInfo.InvariantCulture), fields[3])),
        ];
        return findings.Length > 0 ? findings : throw new InvalidOperationException(child.Output.Text);
    }

    private static Finding Of(string what, double nanoseconds, string allocated) =>
        new($"micro: {what}", "none", null, nanoseconds, $"{nanoseconds / 1000:F2} µs, {allocated} B allocated");
}
