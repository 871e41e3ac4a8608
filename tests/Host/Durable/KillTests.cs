using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

/// <summary>"Activities run at least once. A host killed in mid-flight goes on after restart, activities that had completed are not run again."</summary>
public sealed class KillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mortal-").FullName;

    [Fact]
    public async Task A_host_killed_in_mid_flight_goes_on_and_completed_activities_are_not_run_again()
    {
        string[] points =
        [
            "begin 1",
            "end 1",
            "begin 2",
            "end 2",
            "begin 3",
            "begin 4",
            "begin 5",
            "begin 6",
            "end 6",
            "begin 7",
        ];
        foreach (var point in points)
        {
            await KillAt(point);
        }

        using var last = MortalHost.Start(_folder, "the end");
        try
        {
            await EngineWorld.Until(() => Task.FromResult(last.HasExited), "the journey to end");
        }
        finally
        {
            last.Kill();
        }

        (await File.ReadAllTextAsync(Path.Combine(_folder, "result.txt"))).ShouldBe("Completed \"first class\"");
        var begun = Lines().Where(l => l.StartsWith("begin", StringComparison.Ordinal)).ToList();
        begun
            .SequenceEqual(begun.Order(StringComparer.Ordinal))
            .ShouldBeTrue("an activity ran again after its successor had begun");
        begun.Count(l => l == "begin 7").ShouldBeGreaterThan(1, "the kill in leg 7 must have made it run again");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task KillAt(string point)
    {
        var before = Lines().Count(l => l == point);
        using var host = MortalHost.Start(_folder, point);
        try
        {
            await EngineWorld.Until(
                () => Task.FromResult(host.HasExited || Lines().Count(l => l == point) > before),
                point
            );
            host.HasExited.ShouldBeFalse($"the host ended before '{point}'");
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    private string[] Lines()
    {
        var log = MortalHost.LogOf(_folder);
        if (!File.Exists(log))
        {
            return [];
        }

        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
