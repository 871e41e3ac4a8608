using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Functions.Timers;
using TlsOrLink.Tests.Host.Rules;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Orchestrations;

/// <summary>What the purge does to histories, on the real engine.</summary>
public sealed class HistoryPurgeTests
{
    private static readonly TimeSpan s_life = TimeSpan.FromDays(14);

    [Fact]
    public async Task Old_histories_that_ended_go_and_what_is_under_way_goes_on_however_old()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));
        await using var world = await EngineWorld.Start(new EngineWorldOptions { Clock = clock }, typeof(Durables));
        await world.Run(nameof(Durables.Echo), "x", "old");
        await world.Run(nameof(Durables.Throw), "x", "failed");
        await world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Durables.Wait),
            new Microsoft.DurableTask.StartOrchestrationOptions("waiting")
        );
        await world.Client.WaitForInstanceStartAsync("waiting");
        await PurgeAsync(world, clock);
        (await KnownAsync(world)).ShouldBe(["old", "failed", "waiting"], "two weeks have not passed");
        clock.Advance(s_life + TimeSpan.FromMinutes(1));
        await world.Run(nameof(Durables.Echo), "x", "young");

        await PurgeAsync(world, clock);

        (await KnownAsync(world)).ShouldBe(["waiting", "young"]);
        await world.Client.RaiseEventAsync("waiting", "Go", "it went on");
        (await world.End("waiting")).ReadOutputAs<string>().ShouldBe("it went on");
        await PurgeAsync(world, clock);
        (await KnownAsync(world)).ShouldBe(["young"]);
    }

    private static Task PurgeAsync(EngineWorld world, FakeTimeProvider clock) =>
        PurgeExpired.PurgeHistoriesAsync(world.Client, clock.GetUtcNow() - s_life, default);

    private static async Task<List<string>> KnownAsync(EngineWorld world)
    {
        List<string> known = [];
        foreach (var id in (string[])["old", "failed", "waiting", "young"])
        {
            if (await world.Client.GetInstanceAsync(id) is not null)
            {
                known.Add(id);
            }
        }

        return known;
    }
}
