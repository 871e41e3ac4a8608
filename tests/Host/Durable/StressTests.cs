using System.Diagnostics;
using Microsoft.DurableTask;
using TlsOrLink.Tests.Host.Rules;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

public sealed class StressTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_thousand_instances_at_once_all_complete()
    {
        const int instances = 1_000;
        await using var world = await EngineWorld.Start(typeof(BasicFunctions));
        await world.Run("FanOut", 5);
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, instances),
            new ParallelOptions { MaxDegreeOfParallelism = 100 },
            async (n, _) => (await world.Run("FanOut", 5, $"i{n}")).ReadOutputAs<int>().ShouldBe(30)
        );

        output.WriteLine($"{instances / watch.Elapsed.TotalSeconds:F0} orchestrations/s");
    }

    [Fact]
    public async Task Waiting_instances_leave_memory_and_come_back()
    {
        const int instances = 300;
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions { Settings = new() { ["Embedded:MaxIdleOrchestrations"] = "10" } },
            typeof(Durables)
        );
        await Task.WhenAll(Enumerable.Range(0, instances).Select(n => Begin(world, n)));

        await EngineWorld.Until(
            () => Task.FromResult(world.Engine.InMemory <= 10),
            "waiting instances to leave memory"
        );
        await Task.WhenAll(
            Enumerable.Range(0, instances).Select(n => world.Client.RaiseEventAsync($"w{n}", "go", $"{n}"))
        );

        for (var n = 0; n < instances; n++)
        {
            (await world.End($"w{n}")).ReadOutputAs<string>().ShouldBe($"{n}");
        }

        await EngineWorld.Until(
            () => Task.FromResult(world.Engine.InMemory == 0),
            "finished instances to leave memory"
        );
    }

    private static Task<string> Begin(EngineWorld world, int n) =>
        world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Durables.Wait),
            new StartOrchestrationOptions($"w{n}")
        );
}
